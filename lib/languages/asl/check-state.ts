import { inside, type Place } from './check-fields.ts';
import { STATE_TYPES, type StateType } from './definition.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { EXCLUSIVE, ONE_OF, STATE_FIELDS } from './state-fields.ts';

const HAS_TRANSITION: ReadonlySet<StateType> = new Set(['Task', 'Pass', 'Wait', 'Parallel', 'Map']);

export function checkState(state: Json, outer: Place) {
  if (!isObject(state)) return outer.findings.schema(outer.at, 'Expected value of type Object');
  const type = STATE_TYPES.find((name) => name === state.Type);
  if (!type) {
    const problem =
      state.Type === undefined ? 'These fields are required: [Type]' : `Expected one of ${STATE_TYPES.join(', ')}`;
    return outer.findings.schema(state.Type === undefined ? outer.at : `${outer.at}/Type`, problem);
  }
  const place = inLanguageOf(state, outer);
  checkFields(state, type, place);
  checkCombinations(state, type, place);
  if (HAS_TRANSITION.has(type)) checkTransition(state, place);
}

/** A state of a JSONPath machine may speak JSONata, not the other way round. */
function inLanguageOf(state: JsonObject, place: Place): Place {
  if (state.QueryLanguage === 'JSONata') return { ...place, language: 'JSONata' };
  if (state.QueryLanguage === 'JSONPath' && place.language === 'JSONata') {
    place.findings.schema(
      `${place.at}/QueryLanguage`,
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    );
  }
  return place;
}

function checkFields(state: JsonObject, type: StateType, place: Place): void {
  const rules = STATE_FIELDS[type];
  for (const [name, value] of Object.entries(state)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    const at = inside(place, name);
    if (!rule) at.findings.schema(at.at, 'Field is not supported');
    else if (rule.only && rule.only !== place.language) {
      at.findings.schema(at.at, `Field is not supported when QueryLanguage is ${place.language}`);
    } else rule.check(value, at);
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.isRequired && state[name] === undefined)
      place.findings.schema(place.at, `These fields are required: [${name}]`);
  }
}

function checkCombinations(state: JsonObject, type: StateType, { findings, at }: Place): void {
  for (const names of EXCLUSIVE[type] ?? []) {
    const given = names.filter((name) => name in state);
    if (given.length > 1) findings.schema(at, `Only one of [${names.join(', ')}] may be given`);
  }
  for (const names of ONE_OF[type] ?? []) {
    const given = names.filter((name) => name in state);
    if (given.length !== 1) findings.schema(at, `Exactly one of [${names.join(', ')}] must be given`);
  }
}

function checkTransition(state: JsonObject, { findings, at }: Place): void {
  const isEnd = state.End === true;
  if (isEnd && state.Next !== undefined) findings.schema(at, 'Only one of [Next, End] may be given');
  if (!isEnd && state.Next === undefined) findings.schema(at, 'Exactly one of [Next, End] must be given');
}
