/**
 * A failure inside an execution: `error` is what Retry and Catch match, `cause` is for people.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class StatesError extends Error {
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  constructor(error: string | undefined, cause?: string) {
    super(cause ?? error ?? 'The execution failed.');
    this.name = 'StatesError';
    this.error = error;
    this.cause = cause;
  }
}

/** The definition did not fit the data: a path that leads nowhere, an expression without a value. */
export class EvaluationError extends StatesError {
  constructor(error: EvaluationErrorName, cause: string) {
    super(error, cause);
    this.name = 'EvaluationError';
  }
}

export type EvaluationErrorName =
  | 'States.Runtime'
  | 'States.QueryEvaluationError'
  | 'States.IntrinsicFailure'
  | 'States.ResultPathMatchFailure'
  | 'States.NoChoiceMatched';
