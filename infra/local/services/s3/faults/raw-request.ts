import net from 'node:net';

export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The bytes of a request, as a client would send them. */
export function bytesOf({ method, url, headers, body }: RawRequest): Buffer {
  const { pathname, search, host } = new URL(url);
  const all = { 'content-length': String(body.length), connection: 'close', ...headers, host };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** How a client leaves: it says that it is done, closes, resets the connection, or waits to be sent away. */
export type Leaving = 'ends' | 'closes' | 'resets' | 'stays';

/** Sends these bytes and says nothing more. */
export function sendAndHang(url: string, bytes: Buffer): net.Socket {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(bytes);
  return socket;
}

/** Sends these bytes and leaves; resolves with what the server said, if the client was still there to hear it. */
export function sendAndLeave(url: string, bytes: Buffer, leaving: Leaving): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('end', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
    socket.write(bytes, () => {
      if (leaving === 'ends') socket.end();
      else if (leaving === 'closes') socket.destroy();
      else if (leaving === 'resets') socket.resetAndDestroy();
    });
  });
}
