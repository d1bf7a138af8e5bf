import 'server-only';
import { headers } from 'next/headers';

export interface RequestOrigin {
  /** The address that the console's server saw. */
  sourceIp: string;
  userAgent?: string;
}

/** Where the present request comes from. */
export async function requestOrigin(): Promise<RequestOrigin> {
  const sent = await headers();
  // Next's server writes the socket's address there; whatever stands before it is the client's own word.
  const sourceIp = sent.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
  const userAgent = sent.get('user-agent') ?? undefined;
  return { sourceIp, ...(userAgent ? { userAgent } : {}) };
}
