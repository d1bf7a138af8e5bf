/** What each type of state does between its entry and its exit. */

import { matchesChoice } from '../../../../../lib/languages/asl/choice-rule.ts';
import type { DataFlow, StateOutput } from '../../../../../lib/languages/asl/data-flow.ts';
import type {
  ChoiceState,
  FailState,
  PassState,
  State,
  WaitState,
} from '../../../../../lib/languages/asl/definition.ts';
import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { EvaluationError, StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { parseTimestamp } from '../../../../../lib/languages/asl/timestamp.ts';
import { pauseUntil } from './pause.ts';
import type { Run, Visit } from './run.ts';
import { runMap } from './run-map.ts';
import { runParallel } from './run-parallel.ts';
import { runTask } from './run-task.ts';

/** One attempt at the work of a state. */
export interface Attempt<S extends State = State> {
  run: Run;
  visit: Visit & { state: S };
  flow: DataFlow;
  enteredAt: number;
}

export type Done = StateOutput & { next: string | undefined };

export async function work(attempt: Attempt): Promise<Done> {
  const { state } = attempt.visit;
  const { flow } = attempt;
  switch (state.Type) {
    case 'Task':
      return thenNext(state, await flow.output(state, await runTask(of(attempt, state))));
    case 'Parallel':
      return thenNext(state, await flow.output(state, await runParallel(of(attempt, state))));
    case 'Map':
      return thenNext(state, await flow.output(state, await runMap(of(attempt, state))));
    case 'Pass':
      return thenNext(state, await pass(state, flow));
    case 'Wait':
      await wait(of(attempt, state));
      return thenNext(state, await flow.passOn(state));
    case 'Choice':
      return choose(state, flow);
    case 'Succeed':
      return { ...(await flow.passOn(state)), next: undefined };
    case 'Fail':
      return fail(state, flow);
  }
}

/** The same attempt, whose state is known to be of the type in hand. */
function of<S extends State>(attempt: Attempt, state: S): Attempt<S> {
  return { ...attempt, visit: { ...attempt.visit, state } };
}

function thenNext(state: { Next?: string; End?: boolean }, output: StateOutput): Done {
  return { ...output, next: state.End ? undefined : state.Next };
}

async function pass(state: PassState, flow: DataFlow): Promise<StateOutput> {
  if (flow.isJsonata) return flow.passOn(state);
  return flow.output(state, state.Result === undefined ? await flow.arguments(state) : state.Result);
}

/** The time is counted from the entry, so a restart in between makes no wait longer. */
async function wait({ run, visit, flow, enteredAt }: Attempt<WaitState>): Promise<void> {
  const { state } = visit;
  const seconds = await flow.value(state.Seconds, state.SecondsPath, 'Seconds');
  if (seconds !== undefined) {
    if (typeof seconds !== 'number' || seconds < 0) throw unfit('Seconds', 'a number that is not negative', seconds);
    return pauseUntil(enteredAt + seconds * 1000, run, visit.frame);
  }
  const timestamp = await flow.value(state.Timestamp, state.TimestampPath, 'Timestamp');
  const due = typeof timestamp === 'string' ? parseTimestamp(timestamp) : undefined;
  if (due === undefined) throw unfit('Timestamp', 'a timestamp such as 2027-01-01T00:00:00Z', timestamp ?? null);
  return pauseUntil(due, run, visit.frame);
}

async function choose(state: ChoiceState, flow: DataFlow): Promise<Done> {
  const effective = { ...flow.scope, input: flow.effectiveInput };
  for (const rule of state.Choices) {
    const isMatch = flow.isJsonata ? await flow.condition(rule.Condition ?? false) : matchesChoice(rule, effective);
    if (!isMatch) continue;
    const fields = {
      ...state,
      ...(rule.Output !== undefined && { Output: rule.Output }),
      ...(rule.Assign !== undefined && { Assign: rule.Assign }),
    };
    return { ...(await flow.passOn(fields)), next: rule.Next };
  }
  if (state.Default === undefined) {
    throw new EvaluationError(
      'States.NoChoiceMatched',
      'Failed to transition out of the state. The state does not point to a next state.',
    );
  }
  return { ...(await flow.passOn(state)), next: state.Default };
}

async function fail(state: FailState, flow: DataFlow): Promise<never> {
  const error = await flow.value(state.Error, state.ErrorPath, 'Error');
  const cause = await flow.value(state.Cause, state.CausePath, 'Cause');
  throw new StatesError(textOf(error, 'Error'), textOf(cause, 'Cause'));
}

function textOf(value: Json | undefined, field: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw unfit(field, 'a string', value);
}

function unfit(field: string, expected: string, found: Json): EvaluationError {
  return new EvaluationError(
    'States.Runtime',
    `The field '${field}' must be ${expected}, not ${JSON.stringify(found)}`,
  );
}
