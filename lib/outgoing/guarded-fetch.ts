/**
 * The one way out: every address that is not AWS's own is called through here, by the console and by Lambdas alike, so
 * that nobody who may write an address into the lake can make its servers call each other. Node's own modules only.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { AppError } from '../errors.ts';
import type { AddressPolicy } from './address-kind.ts';
import { guardedLookup, type Resolve, refusedPlace } from './guarded-lookup.ts';
import { findUrlFault } from './outgoing-url.ts';

export interface OutgoingRequest extends AddressPolicy {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For all of it, redirects included. */
  timeoutMs?: number;
  /** Of the answer's body. */
  bytesMax?: number;
  /** Followed for GET and HEAD; what carries a body is never sent on. */
  redirectsMax?: number;
  signal?: AbortSignal;
  /** How names become addresses; the system's way by default. */
  resolve?: Resolve;
}

export interface OutgoingAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Where it came from in the end. */
  url: string;
}

const TIMEOUT_MS = 10_000;
const BYTES_MAX = 1024 * 1024;
const REDIRECTS_MAX = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Throws an AppError for an address that may not be called, a redirect to one, an answer that is too slow or too large. */
export async function guardedFetch(address: string, request: OutgoingRequest = {}): Promise<OutgoingAnswer> {
  const { method = 'GET', timeoutMs = TIMEOUT_MS, redirectsMax = REDIRECTS_MAX } = request;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  const followed = method === 'GET' || method === 'HEAD' ? redirectsMax : 0;
  let url = checkedUrl(address, request);
  let headers = request.headers ?? {};
  for (let redirects = 0; ; redirects++) {
    const answer = await exchange(url, { ...request, headers, signal }).catch((error) => {
      throw failure(url, error, deadline.aborted);
    });
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || !location) return answer;
    if (redirects >= followed) throw refusedRedirect(url);
    const next = checkedUrl(new URL(location, url).href, request);
    if (next.origin !== url.origin) headers = withoutSecrets(headers);
    url = next;
  }
}

function checkedUrl(address: string, policy: AddressPolicy): URL {
  const fault = findUrlFault(address, policy);
  if (!fault) return new URL(address);
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (fault === 'place') throw refusedPlace(host);
  throw new AppError('INVALID', `${host || 'This'} is not an https:// address without a name and password.`, {
    reason: 'outgoingUrl',
    details: { host },
  });
}

function exchange(url: URL, request: OutgoingRequest): Promise<OutgoingAnswer> {
  const { method = 'GET', headers, body, signal, bytesMax = BYTES_MAX, resolve, ...policy } = request;
  const options: RequestOptions = {
    method,
    // What is compressed could be far longer than what was sent.
    headers: { 'accept-encoding': 'identity', ...headers },
    lookup: guardedLookup(policy, resolve),
    // A socket of its own: a kept one was checked for somebody else's policy.
    agent: false,
    ...(signal && { signal }),
  };
  return new Promise((fulfil, reject) => {
    const sent = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      readBody(response, bytesMax, url).then(
        (bytes) => fulfil({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, url: url.href }),
        reject,
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function readBody(response: IncomingMessage, bytesMax: number, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the response, and its socket with it.
    if (bytes > bytesMax) throw tooLong(url, bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  const secret = /^(authorization|cookie|proxy-authorization|x-api-key)$/i;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.test(name)));
}

function failure({ host }: URL, error: unknown, isLate: boolean): unknown {
  if (error instanceof AppError) return error;
  if (isLate) {
    return new AppError('TIMED_OUT', `${host} took too long to answer.`, {
      reason: 'outgoingTimeout',
      details: { host },
    });
  }
  const cause = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
  return new AppError('UNAVAILABLE', `${host} does not answer (${cause}).`, {
    cause: error,
    reason: 'outgoingUnreachable',
    details: { host, cause },
  });
}

function refusedRedirect({ host }: URL): AppError {
  return new AppError(
    'INVALID',
    `${host} answers with a redirect that is not followed. Give the address it leads to.`,
    {
      reason: 'outgoingRedirect',
      details: { host },
    },
  );
}

function tooLong({ host }: URL, bytesMax: number): AppError {
  return new AppError('LIMIT_EXCEEDED', `${host} answers with more than ${bytesMax} bytes.`, {
    reason: 'outgoingTooLong',
    details: { host, bytesMax },
  });
}
