import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

let isNoted = false;

/**
 * Has the address of each request's socket written behind whatever the client sent as x-forwarded-for. Next writes it
 * only where the client sent nothing, so that anybody could say to come from anywhere; and pages see headers, no sockets.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function noteSocketAddresses(): void {
  if (isNoted) return;
  isNoted = true;
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    const said = request.headers['x-forwarded-for'];
    request.headers['x-forwarded-for'] = [said, socket.remoteAddress].filter(Boolean).join(', ');
  });
}
