import { toAppError } from '@/lib/aws/errors';
import type { UnknownReason } from './schemas';

/** Why what a statement scans cannot be said beforehand. */
export class UnknownCost extends Error {
  readonly why: UnknownReason;
  /** The table that it is about. */
  readonly subject: string | undefined;

  constructor(why: UnknownReason, subject?: string, cause?: unknown) {
    super(why, { cause });
    this.why = why;
    this.subject = subject;
  }
}

/** A table that must not be seen, or is not there, is no failure of the estimate: the run will say more. */
export function asUnknown(error: unknown, subject: string): unknown {
  if (error instanceof UnknownCost || (error instanceof Error && error.name === 'AbortError')) return error;
  const { code } = toAppError(error);
  if (code === 'FORBIDDEN') return new UnknownCost('forbidden', subject, error);
  if (code === 'NOT_FOUND') return new UnknownCost('table', subject, error);
  return new UnknownCost('unreachable', subject, error);
}
