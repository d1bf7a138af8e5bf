import type { Definition } from '../../../../../lib/languages/asl/definition.ts';
import type { Json, JsonObject } from '../../../../../lib/languages/asl/json.ts';
import type { Effects } from '../../../../../lib/languages/asl/scope.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';
import { type EventDetails, payload } from '../history-event.ts';
import type { Journal } from '../journal.ts';
import type { Frame, Run, TaskCall } from './run.ts';
import { runStates } from './run-states.ts';

export interface ExecutionTask {
  definition: Definition;
  /** JSON text. */
  input: string;
  roleArn: string;
  /** What `$$` begins with: Execution and StateMachine. */
  context: JsonObject;
  journal: Journal;
  effects: Effects;
  clock: () => number;
  region: string;
  callTask: (call: TaskCall) => Promise<Json>;
  /** Aborted with an ExecutionEnd to end the execution, or with anything else to leave it to a later start. */
  signal: AbortSignal;
}

/** How an execution ended. */
export class ExecutionEnd extends Error {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** JSON text of the output, or the error. */
  readonly result: { output?: string; error?: string | undefined; cause?: string | undefined };
  constructor(status: ExecutionEnd['status'], result: ExecutionEnd['result'] = {}) {
    super(`the execution ended as ${status}`);
    this.status = status;
    this.result = result;
  }
}

/**
 * Runs an execution to its end, going on from what its journal has. The last event is in the journal, but not flushed.
 * Rejects where the execution has not ended: the lake is closing, or could not keep the journal.
 */
export async function runExecution(task: ExecutionTask): Promise<ExecutionEnd> {
  const { journal, signal } = task;
  const root = journal.branch('', 0);
  const { input, roleArn } = task;
  root.takeOrAppend('ExecutionStarted', { executionStartedEventDetails: { ...payload('input', input), roleArn } });
  const run: Run = { ...task, runMachine: (machine, data, frame) => runStates(run, machine, data, frame) };
  const frame: Frame = {
    branch: root,
    language: task.definition.QueryLanguage ?? 'JSONPath',
    variables: {},
    context: task.context,
    signal,
  };
  const end = await endOf(() => runStates(run, task.definition, JSON.parse(input) as Json, frame));
  journal.append('', journal.lastId, ...lastEvent(end));
  return end;
}

async function endOf(runAll: () => Promise<Json>): Promise<ExecutionEnd> {
  try {
    return new ExecutionEnd('SUCCEEDED', { output: JSON.stringify(await runAll()) });
  } catch (error) {
    if (error instanceof ExecutionEnd) return error;
    if (error instanceof StatesError) return new ExecutionEnd('FAILED', { error: error.error, cause: error.cause });
    throw error;
  }
}

function lastEvent({ status, result }: ExecutionEnd): [type: string, details: EventDetails] {
  const error = {
    ...(result.error !== undefined && { error: result.error }),
    ...(result.cause !== undefined && { cause: result.cause }),
  };
  switch (status) {
    case 'SUCCEEDED':
      return ['ExecutionSucceeded', { executionSucceededEventDetails: payload('output', result.output ?? 'null') }];
    case 'FAILED':
      return ['ExecutionFailed', { executionFailedEventDetails: error }];
    case 'TIMED_OUT':
      return ['ExecutionTimedOut', { executionTimedOutEventDetails: error }];
    case 'ABORTED':
      return ['ExecutionAborted', { executionAbortedEventDetails: error }];
  }
}
