import 'server-only';
import { headers } from 'next/headers';

export interface RequestOrigin {
  /** The address that the request came from, past the proxies that are trusted. */
  sourceIp: string;
  userAgent?: string;
}

/** Where the present request comes from. */
export async function requestOrigin(): Promise<RequestOrigin> {
  const sent = await headers();
  // Nothing of what the client said is left in it: lib/config/trusted-proxies.ts.
  const sourceIp = sent.get('x-forwarded-for') ?? 'unknown';
  const userAgent = sent.get('user-agent') ?? undefined;
  return { sourceIp, ...(userAgent ? { userAgent } : {}) };
}
