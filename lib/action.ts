import 'server-only';
import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import { type Context, getContext } from '@/lib/auth/context';
import { reportError } from '@/lib/error-report';
import type { Result } from '@/lib/errors';

/** A verb: the first lines of each are `requirePermission(ctx, …)` and `Schema.parse(raw)`. */
export type Verb<I, O> = (ctx: Context, input: I) => Promise<O>;

/** Makes a verb a server action. It never throws, but for Next's own signals (redirect, not found). */
export function defineAction<I, O>(verb: Verb<I, O>): (input: I) => Promise<Result<O>> {
  return (input) => settle(async () => verb(await getContext(), input));
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
