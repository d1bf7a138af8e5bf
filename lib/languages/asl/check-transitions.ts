import type { Findings } from './diagnostic.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** Checks that every transition leads to a state of the same machine, and that every state can be reached. */
export function checkTransitions(machine: JsonObject, at: string, findings: Findings): void {
  const states = machine.States as JsonObject;
  const reached = new Set<string>();
  const waiting: string[] = [];
  const go = (target: Json | undefined, from: string, field: string) => {
    if (typeof target !== 'string') return;
    if (!Object.hasOwn(states, target))
      findings.add('MISSING_TRANSITION_TARGET', from, `Missing '${field}' target: ${target}`);
    else if (!reached.has(target)) {
      reached.add(target);
      waiting.push(target);
    }
  };
  go(machine.StartAt, `${at}/StartAt`, 'StartAt');
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const { target, location, field } of transitions(states[name]))
      go(target, `${at}/States/${name}/${location}`, field);
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name))
      findings.add('MISSING_TRANSITION_TARGET', `${at}/States/${name}`, `State "${name}" is not reachable.`);
  }
  if (![...reached].some((name) => isTerminal(states[name]))) {
    findings.add(
      'NO_TERMINAL_STATE',
      `${at}/States`,
      'No terminal state was found: one state must have End, or be of type Succeed or Fail',
    );
  }
}

function* transitions(
  state: Json | undefined,
): Generator<{ target: Json | undefined; location: string; field: string }> {
  if (!isObject(state)) return;
  yield { target: state.Next, location: 'Next', field: 'Next' };
  yield { target: state.Default, location: 'Default', field: 'Default' };
  for (const list of ['Choices', 'Catch']) {
    const rules = state[list];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries()) {
      if (isObject(rule)) yield { target: rule.Next, location: `${list}[${index}]/Next`, field: 'Next' };
    }
  }
}

/** A Choice ends nothing itself, and a state with a broken type is told of elsewhere. */
function isTerminal(state: Json | undefined): boolean {
  return isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');
}
