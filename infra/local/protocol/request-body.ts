import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { Readable } from 'node:stream';
import { AwsError } from '../service.ts';

/**
 * The body of a request, apart from its connection.
 *
 * Node destroys the socket when an unfinished request stream is destroyed, and then no answer reaches the client. This
 * stream may fail or be dropped at any point: the rest of the request is drained and the answer still goes out.
 * It also asks a client that waits for `100 Continue` to go on only when somebody begins to read.
 */
export class RequestBody extends Readable {
  readonly #source: IncomingMessage | Http2ServerRequest;
  #onFirstRead: (() => void) | undefined;
  #hash: Hash | undefined;
  #expectedSha256 = '';

  constructor(source: IncomingMessage | Http2ServerRequest, onFirstRead?: () => void) {
    super({ highWaterMark: 256 * 1024 });
    this.#source = source;
    this.#onFirstRead = onFirstRead;
    // A body that fails while nobody reads it is no reason to crash; whoever reads it hears of it all the same.
    this.on('error', () => undefined);
  }

  /** Lets the stream end with an error unless what was read has this SHA-256, as S3 does with `x-amz-content-sha256`. */
  expectSha256(hex: string): void {
    this.#hash = createHash('sha256');
    this.#expectedSha256 = hex;
  }

  override _construct(done: () => void): void {
    this.#source.pause();
    this.#source.on('data', (chunk: Buffer) => {
      if (this.destroyed) return;
      this.#hash?.update(chunk);
      if (!this.push(chunk)) this.#source.pause();
    });
    this.#source.on('end', () => this.#finish());
    this.#source.on('error', (error) => this.destroy(error));
    this.#source.on('close', () => {
      if (!this.#source.readableEnded) this.destroy(new Error('the client went away before its request was complete'));
    });
    done();
  }

  override _read(): void {
    this.#onFirstRead?.();
    this.#onFirstRead = undefined;
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#source.resume();
    done(error);
  }

  #finish(): void {
    const found = this.#hash?.digest('hex');
    if (found !== undefined && found !== this.#expectedSha256)
      this.destroy(contentMismatch(this.#expectedSha256, found));
    else this.push(null);
  }
}

function contentMismatch(client: string, server: string): AwsError {
  return new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
    { ClientComputedContentSHA256: client, S3ComputedContentSHA256: server },
  );
}

/** Reads a whole body into memory; more than `limitBytes` is refused with AWS's error for it. */
export async function readBody(body: Readable, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function tooLarge(limitBytes: number): AwsError {
  return new AwsError('RequestEntityTooLargeException', `Request size exceeded ${limitBytes} bytes`, 413);
}
