/**
 * The Amazon States Language as types: what `checkDefinition` has made sure of.
 * @see https://states-language.net and https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
import type { Json } from './json.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

export const STATE_TYPES = ['Task', 'Pass', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed', 'Fail'] as const;
export type StateType = (typeof STATE_TYPES)[number];

/** States and where to begin: a whole definition, a branch of Parallel, or the processor of Map. */
export interface StateMachine {
  Comment?: string;
  StartAt: string;
  States: Record<string, State>;
  QueryLanguage?: QueryLanguage;
}

export interface Definition extends StateMachine {
  Version?: string;
  TimeoutSeconds?: number;
}

/** A JSONata `{% … %}` string may stand wherever a number may. */
type NumberOrExpression = number | string;

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  ResultPath?: string | null;
  Assign?: Json;
  Output?: Json;
}

/** Fields that most states have; which state may have which is `check-state.ts`'s business. */
interface Common {
  Comment?: string;
  QueryLanguage?: QueryLanguage;
  Next?: string;
  End?: boolean;
  InputPath?: string | null;
  OutputPath?: string | null;
  Output?: Json;
  Assign?: Json;
}

interface WithResult extends Common {
  Parameters?: Json;
  Arguments?: Json;
  ResultSelector?: Json;
  ResultPath?: string | null;
}

interface WithRecovery extends WithResult {
  Retry?: Retrier[];
  Catch?: Catcher[];
}

export interface TaskState extends WithRecovery {
  Type: 'Task';
  Resource: string;
  TimeoutSeconds?: NumberOrExpression;
  TimeoutSecondsPath?: string;
  HeartbeatSeconds?: NumberOrExpression;
  HeartbeatSecondsPath?: string;
  Credentials?: Json;
}

export interface PassState extends WithResult {
  Type: 'Pass';
  Result?: Json;
}

/** One rule: a comparison of a variable, a combination of rules, or a JSONata condition. */
export interface ChoiceRule {
  Variable?: string;
  And?: ChoiceRule[];
  Or?: ChoiceRule[];
  Not?: ChoiceRule;
  Condition?: string;
  Next?: string;
  Comment?: string;
  Assign?: Json;
  Output?: Json;
  [comparison: string]: unknown;
}

export interface ChoiceState extends Common {
  Type: 'Choice';
  Choices: ChoiceRule[];
  Default?: string;
}

export interface WaitState extends Common {
  Type: 'Wait';
  Seconds?: NumberOrExpression;
  SecondsPath?: string;
  Timestamp?: string;
  TimestampPath?: string;
}

export interface ParallelState extends WithRecovery {
  Type: 'Parallel';
  Branches: StateMachine[];
}

export interface MapState extends WithRecovery {
  Type: 'Map';
  ItemProcessor?: StateMachine & { ProcessorConfig?: { Mode?: string } };
  /** The former name of ItemProcessor. */
  Iterator?: StateMachine;
  ItemsPath?: string;
  Items?: Json;
  ItemSelector?: Json;
  MaxConcurrency?: NumberOrExpression;
  MaxConcurrencyPath?: string;
  ToleratedFailureCount?: NumberOrExpression;
  ToleratedFailurePercentage?: NumberOrExpression;
}

interface SucceedState extends Common {
  Type: 'Succeed';
}

export interface FailState {
  Type: 'Fail';
  Comment?: string;
  QueryLanguage?: QueryLanguage;
  Error?: string;
  ErrorPath?: string;
  Cause?: string;
  CausePath?: string;
}

export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | ParallelState
  | MapState
  | SucceedState
  | FailState;

/** The machine that a Map state runs for each item. */
export function itemProcessor(state: MapState): StateMachine {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (!processor) throw new Error('a Map state without ItemProcessor passed the check');
  return processor;
}
