/**
 * The one family of errors that a verb throws. Client-safe: the browser reads the codes.
 *
 * `message` is an English sentence: what happened, where, and what to do. Where `reason` names an entry of the
 * `errors` messages, the person reads that entry in their own language, filled with `details`.
 */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'NOT_ACCEPTABLE'
  | 'CONFLICT'
  | 'INVALID'
  | 'LIMIT_EXCEEDED'
  | 'THROTTLED'
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INTERNAL';

export type ErrorDetails = Record<string, string | number | boolean | readonly string[] | undefined>;

export interface AppErrorOptions {
  cause?: unknown;
  details?: ErrorDetails;
  /** Key below `errors` in the messages; its placeholders are filled from `details`. */
  reason?: string;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.reason = options.reason;
  }
}

/** What crosses to the browser: plain data, in the person's language, never a stack. */
export interface ErrorReport {
  code: ErrorCode;
  message: string;
  details?: ErrorDetails;
  /** One sentence per field, by dotted path (`columns.2.name`); only for INVALID. */
  fieldErrors?: Record<string, string>;
  /** Found in the console's log beside the cause. */
  requestId: string;
}

export type Result<T> = { ok: true; data: T } | { ok: false; error: ErrorReport };
