import type { Place } from './check-fields.ts';
import { checkState } from './check-state.ts';
import { checkTransitions } from './check-transitions.ts';
import type { QueryLanguage } from './definition.ts';
import type { Findings } from './diagnostic.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

const MACHINE_FIELDS = new Set(['Comment', 'StartAt', 'States', 'QueryLanguage', 'ProcessorConfig']);
const TOP_FIELDS = new Set([...MACHINE_FIELDS, 'Version', 'TimeoutSeconds']);
const NAME_LENGTH_MAX = 80;
const TIMEOUT_MAX = 99_999_999;

/** Checks everything that can be told without running: fields, references, transitions, expressions. */
export function checkDefinition(json: Json, findings: Findings): void {
  checkMachine(json, '', 'JSONPath', findings, TOP_FIELDS);
  if (!isObject(json)) return;
  const timeout = json.TimeoutSeconds;
  if (
    timeout !== undefined &&
    !(Number.isInteger(timeout) && (timeout as number) >= 1 && (timeout as number) <= TIMEOUT_MAX)
  ) {
    findings.schema('/TimeoutSeconds', `Expected an integer from 1 to ${TIMEOUT_MAX}`);
  }
  if (json.Version !== undefined && json.Version !== '1.0') findings.schema('/Version', "Expected value '1.0'");
}

function checkMachine(json: Json, at: string, outer: QueryLanguage, findings: Findings, fields: Set<string>): void {
  if (!isObject(json)) {
    findings.schema(at, 'Expected value of type Object');
    return;
  }
  for (const key of Object.keys(json)) if (!fields.has(key)) findings.schema(`${at}/${key}`, 'Field is not supported');
  if (typeof json.StartAt !== 'string') findings.schema(at, 'These fields are required: [StartAt]');
  const language = queryLanguage(json, at, outer, findings);
  if (isObject(json.States) && Object.keys(json.States).length > 0) {
    checkStates(json.States, `${at}/States`, language, findings);
    checkTransitions(json, at, findings);
  } else findings.schema(`${at}/States`, 'Expected a non-empty object of states');
}

function checkStates(states: JsonObject, at: string, language: QueryLanguage, findings: Findings): void {
  const machine: Place['machine'] = (inner, innerAt) =>
    checkMachine(inner, innerAt, language, findings, MACHINE_FIELDS);
  for (const [name, state] of Object.entries(states)) {
    const place: Place = { at: `${at}/${name}`, language, findings, machine };
    if (name.length > NAME_LENGTH_MAX) {
      findings.schema(place.at, `The name of a state has at most ${NAME_LENGTH_MAX} characters`);
    }
    checkState(state, place);
  }
}

function queryLanguage(json: JsonObject, at: string, outer: QueryLanguage, findings: Findings): QueryLanguage {
  const value = json.QueryLanguage ?? outer;
  if (value === 'JSONPath' || value === 'JSONata') return value;
  findings.schema(`${at}/QueryLanguage`, 'Expected one of JSONPath, JSONata');
  return outer;
}
