import type { RunEvent } from '../../../lib/languages/openlineage/run-event.ts';

export interface LineageEndpoint {
  url: string;
  /** Sent as a bearer token. */
  apiKey?: string | undefined;
}

const TIMEOUT_MS = 10_000;

/** Gives an event to an OpenLineage endpoint. Rejects unless it takes it; what it says is not repeated, it may hold anything. */
export async function postEvent({ url, apiKey }: LineageEndpoint, event: RunEvent): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
    body: JSON.stringify(event),
    // An address that was allowed may not send the event on to one that was not.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The OpenLineage endpoint at ${new URL(url).host} answered ${response.status}`);
}

/** Events leave the lake over TLS only; plain HTTP is for a listener on the same machine. */
export function isLineageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
