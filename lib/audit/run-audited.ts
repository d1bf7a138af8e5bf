import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { Context } from '@/lib/auth/context';
import { toAppError } from '@/lib/aws/errors';
import type { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import type { NewEvent } from './append-event';
import { isRecorded, recordAudit } from './record-audit';
import { subjectOfInput } from './subject-of-input';

export interface Attempt {
  action: string;
  /** What was sent, not yet checked; read only where the verb has written no event of its own. */
  input: () => unknown;
  details?: NewEvent['details'];
}

/**
 * Runs what somebody asked for and sees that it leaves an event, whatever comes of it: the verb's own, or else one of this
 * attempt. Next's own signals (redirect, not found) are no failures.
 */
export async function runAudited<T>(ctx: Context, attempt: Attempt, run: () => Promise<T>): Promise<T> {
  try {
    const answer = await run();
    await recordDone(ctx, attempt);
    return answer;
  } catch (error) {
    if (!isSignal(error)) await recordRefusal(ctx, attempt, error);
    throw error;
  }
}

/** Writes that something was done, where its verb has not. */
export async function recordDone(ctx: Context, { action, input, details }: Attempt): Promise<void> {
  if (!isRecorded(ctx)) await recordAudit(ctx, { action, subject: subjectOfInput(await input()), details });
}

function isSignal(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}

/** Writes that something was denied or failed. What the person is told is why it did, and never that this was not written. */
export async function recordRefusal(ctx: Context, { action, input, details }: Attempt, error: unknown): Promise<void> {
  const known = toAppError(error);
  const outcome = known.code === 'FORBIDDEN' || known.code === 'UNAUTHENTICATED' ? 'denied' : 'failed';
  try {
    const subject = subjectOfInput(await input());
    await recordAudit(ctx, { action, subject, outcome, details: { ...details, ...reasons(known) } });
  } catch (cause) {
    log.error('a refused attempt could not be recorded', { action, requestId: ctx.requestId, cause });
  }
}

/** Codes and names, never the sentence: it may repeat what was sent. */
function reasons({ code, reason, details = {} }: AppError): NewEvent['details'] {
  const { permission, action, resource, awsError, awsRequestId } = details;
  const named = Object.entries({ permission, awsAction: action, resource, awsError, awsRequestId });
  const texts = named.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { code, ...(reason ? { reason } : {}), ...Object.fromEntries(texts) };
}
