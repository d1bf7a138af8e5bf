/** What the lake and a worker say to each other. */

/** Given to a worker at its start. */
export interface WorkerSetup {
  /** The folder of the function's package. */
  folder: string;
  /** `file.export`, as Lambda's Handler. */
  handler: string;
}

/** To the worker: one event. */
export interface Invocation {
  requestId: string;
  /** JSON text. */
  payload: string;
  /** Milliseconds since the epoch. */
  deadline: number;
  context: {
    functionName: string;
    functionVersion: string;
    invokedFunctionArn: string;
    memoryLimitInMB: string;
    logGroupName: string;
    logStreamName: string;
  };
}

/** What a function's error looks like to its caller. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** A function that cannot be loaded: its package, its handler or its time. */
export class InitError extends Error {
  readonly error: FunctionError;
  constructor(error: FunctionError) {
    super(`${error.errorType}: ${error.errorMessage}`);
    this.name = 'InitError';
    this.error = error;
  }
}

/** From the worker. */
export type WorkerMessage =
  | { type: 'ready' }
  | { type: 'initFailed'; error: FunctionError }
  | { type: 'line'; text: string }
  | { type: 'result'; requestId: string; payload: string; usedMemoryMiB: number }
  /** After a fatal error the worker ends. */
  | { type: 'error'; requestId: string; error: FunctionError; usedMemoryMiB: number; isFatal: boolean };
