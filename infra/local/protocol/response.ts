import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServerResponseLike } from '../server.ts';
import type { WireResponse } from '../service.ts';

/** Writes an answer; resolves when it is handed over, or when the client has gone. */
export async function send(response: ServerResponseLike, answer: WireResponse, method: string): Promise<void> {
  const { status, headers = {}, body = '' } = answer;
  const isBodiless = method === 'HEAD' || status === 204 || status === 304;
  if (response.destroyed) return void (body instanceof Readable && body.destroy());
  if (!(body instanceof Readable)) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    writeHead(response, status, isBodiless ? headers : { ...headers, 'content-length': bytes.length });
    if (isBodiless) response.end();
    else response.end(bytes);
    return;
  }
  writeHead(response, status, headers);
  if (isBodiless) {
    body.destroy();
    return void response.end();
  }
  const { socket } = response;
  let sentBytes = 0;
  body.on('data', (chunk: Uint8Array) => {
    sentBytes += chunk.length;
  });
  try {
    await pipeline(body, response as NodeJS.WritableStream);
  } catch (error) {
    // The client left in the middle; nothing of ours failed.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
  const announcedBytes = Number(headers['content-length'] ?? sentBytes);
  if (sentBytes === announcedBytes) return;
  // The client would wait for the rest for ever. An HTTP/2 client sees for itself that its stream ended early.
  if (!('stream' in response)) socket?.destroy();
  throw new Error(`a body of ${announcedBytes} bytes ended after ${sentBytes}`);
}

function writeHead(response: ServerResponseLike, status: number, headers: NonNullable<WireResponse['headers']>): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.statusCode = status;
}
