import { randomBytes, randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { API_POLICY, contentSecurityPolicy } from '@/lib/config/content-security-policy';
import { env } from '@/lib/config/env';
import { findRefusal, knownHosts, type Refusal } from '@/lib/config/request-guard';
import { fromAcceptLanguage, isLocale, LOCALE_COOKIE } from '@/lib/i18n/locales';
import { messagesFor } from '@/lib/i18n/messages';
import { PATH_HEADER } from '@/lib/routes';

/**
 * Refuses what no page, action or route should have to deal with, and gives every page its Content-Security-Policy: Next
 * reads the nonce out of the policy on the request and puts it on its own scripts. Headers that are the same for all are
 * in next.config.js. Who may see what is not decided here but in pages, actions and routes.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  const header = (name: string) => request.headers.get(name);
  const refusal = findRefusal({ method: request.method, path: pathname, header }, knownHosts(env()));
  if (refusal) return secured(request, refused(request, refusal), API_POLICY);
  if (isRoute(pathname)) return secured(request, NextResponse.next(), API_POLICY);
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    lakeOrigins: lakeOrigins(),
    isDevelopment: env().NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, pathname + search);
  return secured(request, NextResponse.next({ request: { headers } }), policy);
}

function isRoute(pathname: string): boolean {
  return pathname.startsWith('/api/') || pathname === '/query';
}

function secured(request: NextRequest, response: NextResponse, policy: string): NextResponse {
  response.headers.set('content-security-policy', policy);
  const isHttps = request.headers.get('x-forwarded-proto') === 'https' || env().NEXTAUTH_URL?.startsWith('https:');
  if (isHttps) response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return response;
}

/** A sentence for a person; in the form that the console's own scripts read where they asked. */
function refused(request: NextRequest, refusal: Refusal): NextResponse {
  const chosen = request.cookies.get(LOCALE_COOKIE)?.value;
  const locale = isLocale(chosen) ? chosen : fromAcceptLanguage(request.headers.get('accept-language'));
  const message = messagesFor(locale).errors[refusal];
  const status = refusal === 'unknownHost' ? 421 : 403;
  const headers = { 'cache-control': 'no-store' };
  if (!request.nextUrl.pathname.startsWith('/api/')) return new NextResponse(`${message}\n`, { status, headers });
  return NextResponse.json({ error: { code: 'FORBIDDEN', message, requestId: randomUUID() } }, { status, headers });
}

/** Where the browser sends the bytes of an upload by itself. */
function lakeOrigins(): string[] {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION } = env();
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  if (endpoint) return [new URL(endpoint).origin];
  return [`https://*.s3.${AWS_REGION}.amazonaws.com`, `https://s3.${AWS_REGION}.amazonaws.com`];
}

export const config = { matcher: ['/((?!_next/static|favicon.ico).*)'] };
