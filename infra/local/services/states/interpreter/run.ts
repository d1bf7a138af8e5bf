/** What the interpreter of one execution is given, and where in it a branch stands. */
import type { QueryLanguage, State, StateMachine } from '../../../../../lib/languages/asl/definition.ts';
import type { Json, JsonObject } from '../../../../../lib/languages/asl/json.ts';
import type { TaskResource } from '../../../../../lib/languages/asl/resource.ts';
import type { Effects } from '../../../../../lib/languages/asl/scope.ts';
import type { Branch, Journal } from '../journal.ts';

/** One call of a Task. */
export interface TaskCall {
  resource: TaskResource;
  parameters: Json;
  /** What the call had told as submitted before the lake was restarted: the job to wait for. */
  submitted?: Json;
  /** Tells what was submitted; resolves when that is durable. */
  onSubmitted: (output: Json) => Promise<void>;
  /** The same for every repetition of this call after a restart, for APIs that know idempotency tokens. */
  token: string;
  /** Aborted when nobody waits for the result any more. */
  signal: AbortSignal;
}

export interface Run {
  journal: Journal;
  effects: Effects;
  clock: () => number;
  region: string;
  /** The resource's result. Throws StatesError. */
  callTask: (call: TaskCall) => Promise<Json>;
  /** Runs a machine inside a state: a branch of Parallel, the processor of Map. */
  runMachine: (machine: StateMachine, input: Json, frame: Frame) => Promise<Json>;
}

/** One visit of a state. */
export interface Visit {
  name: string;
  state: State;
  input: Json;
  frame: Frame;
}

/** A branch's own: its place in the journal, its variables, its language, its context object. */
export interface Frame {
  branch: Branch;
  language: QueryLanguage;
  variables: JsonObject;
  context: JsonObject;
  /** Aborted, with the reason, when the execution is stopped or another branch has failed. */
  signal: AbortSignal;
}
