import 'server-only';
import type { Route } from 'next';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { settle, type Verb } from '@/lib/action';
import { type Context, findContext } from '@/lib/auth/context';
import type { Result } from '@/lib/errors';
import { PATH_HEADER, routes } from '@/lib/routes';

/** The signed-in person's context; sends everybody else to the sign-in page, and back here afterwards. */
export async function pageContext(): Promise<Context> {
  const context = await findContext();
  if (context) return context;
  const path = (await headers()).get(PATH_HEADER) ?? routes.home();
  redirect(routes.signIn(path) as Route);
}

/**
 * Runs a verb for a page. What is not there is Next's "not found"; every other failure is data, for the page to show
 * in the place of what it could not load (`components/shell/failure.tsx`).
 */
export async function load<I, O>(verb: Verb<I, O>, input: I): Promise<Result<O>> {
  const context = await pageContext();
  const result = await settle(() => verb(context, input));
  if (!result.ok && result.error.code === 'NOT_FOUND') notFound();
  return result;
}
