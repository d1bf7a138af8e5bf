import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { runAudited } from '@/lib/audit';
import { type Context, can, requirePermission } from '@/lib/auth';
import { findContext } from '@/lib/auth/context';
import type { Permission } from '@/lib/auth/permissions';
import { type RequestOrigin, requestOrigin } from '@/lib/auth/request-origin';
import { toAppError } from '@/lib/aws/errors';
import { AppError } from '@/lib/errors';
import { STATUS } from '@/lib/http';
import { log } from '@/lib/log';
import type { Allowance } from '@/lib/rate-limit';
import { type TokenHolder, tokenHolder } from '@/lib/tokens';
import type { Scope } from '@/lib/tokens/schemas';
import { LIMITS, type Problem } from './contract';
import { openApiDocument } from './open-api';
import { claimRequest } from './rate-limit';
import { readQueryString } from './read-request';
import { listEndpoints } from './saved/saved-endpoint';

type Params = Record<string, string | string[]>;

interface Asked<P extends Params> {
  request: Request;
  params: P;
  query: Record<string, string>;
  /** Whether the caller's token is for this saved query. */
  mayCall: (savedQuery: string) => boolean;
}

/** What the person must be allowed to, whatever their token says: asked before anything that was sent is read. */
const PERMISSION_OF = {
  query: 'queries:run',
  saved: 'queries:read',
  catalog: 'datasets:read',
} as const satisfies Record<Scope, Permission>;

interface EndpointOptions {
  /** It is asked again and again while a query runs, and is no event of the audit trail: what started the query is. */
  isPoll?: boolean;
}

/**
 * Makes a route of the data API: the caller is who holds the token, or who is signed in here; what is thrown becomes an
 * RFC 9457 problem. Every answer tells what is left of the minute's requests.
 */
export function defineEndpoint<P extends Params = Record<string, never>>(
  scope: Scope,
  handle: (ctx: Context, asked: Asked<P>) => Promise<Response>,
  { isPoll = false }: EndpointOptions = {},
): (request: Request, route: { params: Promise<P> }) => Promise<Response> {
  return async (request, route) => {
    let allowance: Allowance | undefined;
    let requestId: string = randomUUID();
    try {
      const origin = await requestOrigin();
      const { ctx: caller, savedQueries } = await callerOf(request, scope, origin);
      const ctx: Context = { ...caller, via: 'api', origin };
      requestId = ctx.requestId;
      allowance = claimRequest(ctx.user.id);
      if (!allowance.isAllowed) {
        throw new AppError('THROTTLED', `More than ${LIMITS.requestsPerMinute} requests in a minute.`);
      }
      const query = readQueryString(request.url);
      const mayCall = (id: string) => savedQueries.length === 0 || savedQueries.includes(id);
      const asked = { request, params: await route.params, query, mayCall };
      const run = async () => {
        requirePermission(ctx, PERMISSION_OF[scope]);
        return handle(ctx, asked);
      };
      const { pathname } = new URL(request.url);
      const attempt = { action: `api.${scope}`, input: () => ({ key: pathname }), details: { method: request.method } };
      return withAllowance(isPoll ? await run() : await runAudited(ctx, attempt, run), allowance);
    } catch (error) {
      return withAllowance(problemOf(error, requestId), allowance);
    }
  };
}

async function callerOf(request: Request, scope: Scope, origin: RequestOrigin): Promise<TokenHolder> {
  const header = request.headers.get('authorization');
  const [, token] = /^Bearer\s+(\S+)$/i.exec(header ?? '') ?? [];
  if (token) return tokenHolder(token, scope, { origin });
  const ctx = header === null ? await findOwnPage(request) : undefined;
  if (ctx) return { ctx, savedQueries: [] };
  throw new AppError('UNAUTHENTICATED', 'Send a token: `Authorization: Bearer …`. Make one on the page Connect.');
}

/** A cookie travels with requests that other sites make; a query costs money, so that only our own pages may use it. */
async function findOwnPage(request: Request): Promise<Context | undefined> {
  return request.headers.get('sec-fetch-site') === 'same-origin' ? findContext() : undefined;
}

/**
 * The document of the API: what it is, is no secret. What saved queries there are, is; they are in the document of a
 * reader who may list them.
 */
export async function answerDocument(request: Request): Promise<Response> {
  const { origin } = new URL(request.url);
  const reader = request.headers.has('authorization') ? undefined : await findOwnPage(request);
  const mayList = request.headers.has('authorization') || (reader && can(reader.role, PERMISSION_OF.saved));
  if (!mayList) return Response.json(openApiDocument(origin));
  return defineEndpoint('saved', async (ctx, { mayCall }) =>
    Response.json(openApiDocument(origin, await listEndpoints(ctx, mayCall)), {
      headers: { 'cache-control': 'no-store', vary: 'authorization, cookie' },
    }),
  )(request, { params: Promise.resolve({}) });
}

const TITLES: Record<string, string> = {
  400: 'The request is wrong',
  401: 'Who are you?',
  403: 'This is not allowed',
  404: 'There is no such thing',
  406: 'Not in this format',
  409: 'This conflicts with what is there',
  413: 'Too large',
  429: 'Too many requests',
  503: 'The lake cannot be reached',
  504: 'The query took too long',
};

function problemOf(error: unknown, requestId: string): Response {
  const known = error instanceof z.ZodError ? invalid(error) : toAppError(error);
  const status = STATUS[known.code];
  if (status >= 500 && known.code !== 'TIMED_OUT') {
    log.error(known.message, { code: known.code, requestId, cause: error });
  }
  const { name, line, column, parameter } = known.details ?? {};
  const problem: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'The console made a mistake',
    status,
    detail: status === 500 ? 'The console made a mistake. Give this instance to whoever runs it.' : known.message,
    instance: `urn:uuid:${requestId}`,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof line === 'number' && typeof column === 'number' ? { line, column } : {}),
    ...(typeof parameter === 'string' ? { parameter } : {}),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(problem), { status, headers });
}

function invalid(error: z.ZodError): AppError {
  const said = error.issues.map(({ path, message }) => `${path.join('.') || 'The request'}: ${message}`);
  return new AppError('INVALID', said.join(' '), { cause: error });
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
function withAllowance(response: Response, allowance: Allowance | undefined): Response {
  if (!allowance) return response;
  response.headers.set('ratelimit-policy', `"minute";q=${LIMITS.requestsPerMinute};w=60`);
  response.headers.set('ratelimit', `"minute";r=${allowance.remaining};t=${allowance.resetSeconds}`);
  if (response.status === 429) response.headers.set('retry-after', String(allowance.resetSeconds));
  return response;
}
