import type { RunEvent } from '../../../lib/languages/openlineage/run-event.ts';
import { guardedFetch } from '../../../lib/outgoing/guarded-fetch.ts';
import { findUrlFault, isLoopbackHost } from '../../../lib/outgoing/outgoing-url.ts';

export interface LineageEndpoint {
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string | undefined;
}

/** Gives an event to an OpenLineage endpoint. Rejects unless it takes it; what it says is not repeated, it may hold anything. */
export async function postEvent({ url, apiKey }: LineageEndpoint, event: RunEvent): Promise<void> {
  const { status } = await guardedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
    body: JSON.stringify(event),
    ...policyOf(url),
  });
  if (status < 200 || status > 299) {
    throw new Error(`The OpenLineage endpoint at ${new URL(url).host} answered ${status}`);
  }
}

/** Events leave the lake over TLS only; plain HTTP is for a listener on the same machine. */
export function isLineageUrl(url: string): boolean {
  return URL.canParse(url) && findUrlFault(url, policyOf(url)) === undefined;
}

/** Who deploys the stack gives the address: one that names this machine in so many words means this machine. */
function policyOf(url: string) {
  return { allowsLoopback: isLoopbackHost(new URL(url).hostname) };
}
