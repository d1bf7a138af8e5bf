import 'server-only';
import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { type Attempt, recordDone, recordRefusal, runAudited } from '@/lib/audit';
import { type Context, getContext } from '@/lib/auth/context';
import { reportError } from '@/lib/error-report';
import type { ErrorCode, ErrorReport } from '@/lib/errors';

export const STATUS: Record<ErrorCode, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  NOT_ACCEPTABLE: 406,
  CONFLICT: 409,
  INVALID: 400,
  LIMIT_EXCEEDED: 413,
  THROTTLED: 429,
  UNAVAILABLE: 503,
  TIMED_OUT: 504,
  INTERNAL: 500,
};

type Params = Record<string, string | string[] | undefined>;

/** What a route is given: the path's parameters and the query, both still to be parsed by the verb. */
export interface RouteInput<P extends Params> {
  request: NextRequest;
  params: P;
  query: Record<string, string>;
}

interface RouteOptions<P extends Params> {
  /** Its name in the audit trail (`files.delete`), where each call leaves an event; none for what only shows a page. */
  action?: string | ((asked: RouteInput<P>) => string | undefined);
}

/**
 * Makes a route handler of a function that returns plain data (sent as JSON, never cached) or a Response of its own
 * (a download, a stream). What it throws becomes `{ error }` with the matching status.
 */
export function defineRoute<O, P extends Params = Record<string, never>>(
  handle: (ctx: Context, input: RouteInput<P>) => Promise<O | Response>,
  options: RouteOptions<P> = {},
): (request: NextRequest, route: { params: Promise<P> }) => Promise<Response> {
  return async (request, route) => {
    try {
      const ctx = await getContext();
      const asked = { request, params: await route.params, query: Object.fromEntries(request.nextUrl.searchParams) };
      const run = () => handle(ctx, asked);
      const action = typeof options.action === 'function' ? options.action(asked) : options.action;
      const answer = action ? await runAudited(ctx, { action, input: sentInput(asked) }, run) : await run();
      return answer instanceof Response ? answer : json(answer, 200);
    } catch (error) {
      unstable_rethrow(error);
      const report = await reportError(error, randomUUID());
      return json({ error: report }, STATUS[report.code], retryAfter(report));
    }
  };
}

/** All that was sent, for the audit trail to tell what it was about; a body is read a second time only there. */
function sentInput<P extends Params>({ request, params, query }: RouteInput<P>): () => Promise<unknown> {
  const copy = request.body ? request.clone() : undefined;
  return async () => {
    const body = readInput((await copy?.text()) ?? '');
    return { ...(typeof body === 'object' ? body : {}), ...query, ...params };
  };
}

/** JSON, or a form with a field `input` of JSON. */
function readInput(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('input=') ? (new URLSearchParams(text).get('input') ?? '') : text);
  } catch {
    return undefined;
  }
}

/**
 * Answers with a line of JSON for each thing that work under way tells of, then `{ "end": true }`, or `{ "error" }` where
 * it failed: by then the status has been sent, and a connection that only breaks off looks the same as an end. What fails
 * before its first line, as a refusal does, has a status of its own. `attempt` is what its end is called in the audit trail.
 */
export async function jsonLines<T>(ctx: Context, work: AsyncGenerator<T>, attempt?: Attempt): Promise<Response> {
  let first: Line | undefined = await nextLine(ctx, work, attempt);
  if (first.failure) return json(first.line, STATUS[first.failure.code], retryAfter(first.failure));
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { line, isLast } = first ?? (await nextLine(ctx, work, attempt));
      first = undefined;
      controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
      if (isLast) controller.close();
    },
    async cancel() {
      await work.return(undefined);
    },
  });
  return new Response(lines, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}

interface Line {
  line: unknown;
  isLast: boolean;
  failure?: ErrorReport;
}

async function nextLine<T>(ctx: Context, work: AsyncGenerator<T>, attempt: Attempt | undefined): Promise<Line> {
  try {
    const { value, done } = await work.next();
    if (!done) return { line: value, isLast: false };
    if (attempt) await recordDone(ctx, attempt);
    return { line: { end: true }, isLast: true };
  } catch (error) {
    if (attempt) await recordRefusal(ctx, attempt, error);
    const failure = await reportError(error, ctx.requestId);
    return { line: { error: failure }, isLast: true, failure };
  }
}

/** For clients that wait by themselves: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfter({ details }: ErrorReport): Record<string, string> {
  const seconds = details?.retrySeconds;
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
}

function json(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
