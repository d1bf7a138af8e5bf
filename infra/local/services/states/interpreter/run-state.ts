/** One visit of a state: enter, work (again, as Retry says), then exit to the next state or to a Catch. */
import { DataFlow, type StateOutput } from '../../../../../lib/languages/asl/data-flow.ts';
import type { Json, JsonObject } from '../../../../../lib/languages/asl/json.ts';
import { findCatcher, RetryCounter } from '../../../../../lib/languages/asl/recovery.ts';
import { EvaluationError, StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { payload } from '../history-event.ts';
import { type Entry, EVENTS_MAX } from '../journal.ts';
import { BranchesFailed } from './join-branches.ts';
import { pauseUntil } from './pause.ts';
import { payloadText } from './payload-text.ts';
import type { Frame, Run, Visit } from './run.ts';
import { work } from './work.ts';

export interface Step {
  output: Json;
  /** `undefined` where the machine ends. */
  next: string | undefined;
}

export async function runState(run: Run, visit: Visit): Promise<Step> {
  const { name, state, input, frame } = visit;
  const details = () => ({ stateEnteredEventDetails: { name, ...payload('input', JSON.stringify(input)) } });
  const type = `${state.Type}StateEntered`;
  const entered = frame.branch.take(type) ?? append(run, frame, type, details());
  const exit = frame.branch.takeExit();
  if (exit) return stepOf(exit, frame);
  const prefix = `An error occurred while executing the state '${name}' (entered at the event id #${entered.id}). `;
  return attempts(run, visit, entered.timestamp, prefix);
}

/** A stopped branch must not go on; what it has recorded it may still repeat, to come to where it was stopped. */
function append(run: Run, { branch, signal }: Frame, ...event: Parameters<Frame['branch']['append']>) {
  signal.throwIfAborted();
  if (run.journal.isFull) {
    throw new StatesError(
      'States.Runtime',
      `The execution reached the maximum number of history events (${EVENTS_MAX}).`,
    );
  }
  return branch.append(...event);
}

async function attempts(run: Run, visit: Visit, enteredAt: number, prefix: string): Promise<Step> {
  const { state, frame } = visit;
  const retries = new RetryCounter('Retry' in state ? state.Retry : undefined);
  for (let attempt = 0; ; attempt += 1) {
    const flow = dataFlow(run, visit, enteredAt, attempt);
    try {
      const { next, ...done } = await work({ run, visit, flow, enteredAt });
      return leave(run, visit, done, next);
    } catch (error) {
      const failure = toFailure(error, prefix);
      const delay = retries.next(failure.error, run.effects.random);
      if (delay === undefined) return recover(run, visit, flow, failure);
      await pauseUntil(frame.branch.lastTimestamp + delay, run, frame);
    }
  }
}

function dataFlow(run: Run, { name, state, input, frame }: Visit, enteredAt: number, attempt: number): DataFlow {
  const State = { Name: name, EnteredTime: new Date(enteredAt).toISOString(), RetryCount: attempt };
  const context = { ...frame.context, State };
  const language = state.QueryLanguage ?? frame.language;
  return new DataFlow(state, language, { input, context, variables: frame.variables, effects: run.effects });
}

async function recover(run: Run, visit: Visit, flow: DataFlow, failure: StatesError): Promise<Step> {
  const { state, frame } = visit;
  if (failure instanceof BranchesFailed) frame.branch.takeOrAppend(`${state.Type}StateFailed`);
  const catcher = findCatcher('Catch' in state ? state.Catch : undefined, failure.error);
  if (!catcher) throw failure;
  const error: JsonObject = {
    Error: failure.error ?? '',
    ...(failure.cause !== undefined && { Cause: failure.cause }),
  };
  return leave(run, visit, await flow.caught(catcher, error), catcher.Next);
}

function leave(run: Run, { name, state, frame }: Visit, done: StateOutput, next: string | undefined): Step {
  const text = payloadText(done.output, `The state '${name}'`);
  const variables =
    done.assigned && Object.fromEntries(Object.entries(done.assigned).map(([k, v]) => [k, JSON.stringify(v)]));
  const stateExitedEventDetails = {
    name,
    ...payload('output', text),
    ...(variables && { assignedVariables: variables, assignedVariablesDetails: { truncated: false } }),
  };
  append(run, frame, `${state.Type}StateExited`, { stateExitedEventDetails }, next ?? null);
  if (done.assigned) frame.variables = { ...frame.variables, ...done.assigned };
  return { output: done.output, next };
}

/** What a recorded exit led to, with its variables assigned again. */
function stepOf({ event, next }: Entry & { next: string | null }, frame: Frame): Step {
  const details = event.stateExitedEventDetails as { output: string; assignedVariables?: Record<string, string> };
  for (const [name, value] of Object.entries(details.assignedVariables ?? {})) {
    frame.variables = { ...frame.variables, [name]: JSON.parse(value) as Json };
  }
  return { output: JSON.parse(details.output) as Json, next: next ?? undefined };
}

/** What is no failure of the execution itself (an abort, a fault of ours) goes through. */
function toFailure(error: unknown, prefix: string): StatesError {
  if (error instanceof EvaluationError) return new StatesError(error.error, prefix + (error.cause ?? ''));
  if (error instanceof StatesError) return error;
  throw error;
}
