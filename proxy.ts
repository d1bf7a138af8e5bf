import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/config/content-security-policy';
import { env } from '@/lib/config/env';
import { PATH_HEADER } from '@/lib/routes';

/**
 * Gives every page its security headers. Next reads the nonce out of the policy on the request and puts it on its own
 * scripts. Who may see what is not decided here but in pages, actions and routes.
 */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    lakeOrigins: lakeOrigins(),
    isDevelopment: env().NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  const scheme = request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol;
  if (scheme.startsWith('https')) {
    response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
  return response;
}

/** Where the browser sends the bytes of an upload by itself. */
function lakeOrigins(): string[] {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION } = env();
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  if (endpoint) return [new URL(endpoint).origin];
  return [`https://*.s3.${AWS_REGION}.amazonaws.com`, `https://s3.${AWS_REGION}.amazonaws.com`];
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico|api/).*)'] };
