import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** What says of a request how it came to a proxy. Next believes each of them, whoever wrote it. */
const FORWARDED = ['forwarded', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Makes the headers of every request true before anybody reads them: `x-forwarded-for` becomes the one address that the
 * request came from, and without a proxy to trust, what a client says of proxies is dropped. (Next itself keeps an
 * `x-forwarded-for` that a client sent, and only adds one where there is none.)
 */
export function trustProxies(proxies: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const sent = request.headers['x-forwarded-for'];
    const forwarded = Array.isArray(sent) ? sent.join(',') : sent;
    request.headers['x-forwarded-for'] = sourceAddress(request.socket.remoteAddress, forwarded, proxies);
    if (proxies === 0) for (const name of FORWARDED) delete request.headers[name];
  });
}

/**
 * Each proxy appends whom it was called by; the last is whom the console's socket is open to. Past the trusted ones,
 * what stands there is the client's own word.
 */
export function sourceAddress(socket: string | undefined, forwarded: string | undefined, proxies: number): string {
  const chain = [...(forwarded?.split(',') ?? []), socket ?? ''].map(bareAddress);
  return chain[Math.max(0, chain.length - 1 - proxies)] || 'unknown';
}

/** Without the port, the brackets and the wrapping of IPv4 in IPv6; empty for what is no address. */
function bareAddress(written: string): string {
  const trimmed = written.trim();
  const unbracketed = /^\[(.+)\](:\d+)?$/.exec(trimmed)?.[1] ?? trimmed;
  const bare = unbracketed.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^([\d.]+):\d+$/, '$1');
  return isIP(bare) ? bare : '';
}
