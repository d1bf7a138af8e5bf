import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServerResponseLike } from '../server.ts';
import type { WireResponse } from '../service.ts';
import { FileBytes } from './file-bytes.ts';
import { LentBytes } from './lent-bytes.ts';

/** Writes an answer; resolves when it is handed over, or when the client has gone. */
export async function send(response: ServerResponseLike, answer: WireResponse, method: string): Promise<void> {
  const { status, headers = {}, body = '' } = answer;
  const isBodiless = method === 'HEAD' || status === 204 || status === 304;
  const isStreamed = body instanceof Readable || body instanceof FileBytes || body instanceof LentBytes;
  if (response.destroyed) return void (isStreamed && (await body.destroy()));
  if (!isStreamed) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    writeHead(response, status, isBodiless ? headers : { ...headers, 'content-length': bytes.length });
    if (isBodiless) response.end();
    else response.end(bytes);
    return;
  }
  writeHead(response, status, headers);
  if (isBodiless) {
    await body.destroy();
    return void response.end();
  }
  if (body instanceof LentBytes) return body.sendTo(response);
  if (body instanceof FileBytes) {
    // The client would wait for the rest for ever.
    return body.sendTo(response).catch((error: unknown) => {
      cutOff(response);
      throw error;
    });
  }
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
  cutOff(response);
  throw new Error(`a body of ${announcedBytes} bytes ended after ${sentBytes}`);
}

/** Ends a connection whose client would wait for more. An HTTP/2 client sees for itself that its stream ended early. */
function cutOff(response: ServerResponseLike): void {
  if (!('stream' in response)) response.socket?.destroy();
}

function writeHead(response: ServerResponseLike, status: number, headers: NonNullable<WireResponse['headers']>): void {
  const pairs: (string | number | string[])[] = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) pairs.push(name, value);
  }
  // All at once: header by header, Node copies and checks them twice.
  (response as ServerResponse).writeHead(status, pairs as OutgoingHttpHeader[]);
}
