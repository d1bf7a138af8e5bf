import 'server-only';
import { headers } from 'next/headers';
import { env } from '@/lib/config/env';

export interface RequestOrigin {
  /** The address that the console's server saw, or the outermost of its own proxies. */
  sourceIp: string;
  userAgent?: string;
}

/** Where the present request comes from. */
export async function requestOrigin(): Promise<RequestOrigin> {
  const sent = await headers();
  const sourceIp = sourceAddress(sent.get('x-forwarded-for') ?? '', env().LACUSTRE_PROXIES);
  const userAgent = sent.get('user-agent') ?? undefined;
  return { sourceIp, ...(userAgent ? { userAgent } : {}) };
}

/**
 * Next's server writes the socket's address last, and each proxy before it the address that it saw. As many proxies as
 * the console is said to have are believed; whatever stands before that is the client's own word.
 */
export function sourceAddress(forwardedFor: string, proxies: number): string {
  const addresses = forwardedFor.split(',').map((address) => address.trim());
  return addresses.at(-1 - proxies) || addresses[0] || 'unknown';
}
