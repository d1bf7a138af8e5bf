import 'server-only';
import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import { runAudited } from '@/lib/audit';
import { type Context, getContext } from '@/lib/auth/context';
import { reportError } from '@/lib/error-report';
import type { Result } from '@/lib/errors';

/** A verb: the first lines of each are `requirePermission(ctx, …)` and `Schema.parse(raw)`. */
export type Verb<I, O> = (ctx: Context, input: I) => Promise<O>;

/**
 * Makes a verb a server action; `action` is its name in the audit trail (`people.create`), where each call leaves an event,
 * refused ones too. It never throws, but for Next's own signals (redirect, not found).
 */
export function defineAction<I, O>(verb: Verb<I, O>, action: string): (input: I) => Promise<Result<O>> {
  return (input) =>
    settle(async () => {
      const ctx = await getContext();
      return runAudited(ctx, { action, input: () => input }, () => verb(ctx, input));
    });
}

/** Runs something for a person and turns what it throws into what they may see. */
export async function settle<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, data: await run() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: await reportError(error, randomUUID()) };
  }
}
