import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { Readable } from 'node:stream';
import { AwsError } from '../service.ts';

/** How long a sender may say nothing in the middle of a body. */
const SILENCE_MS = 60_000;

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
  /** Runs while a reader waits for the sender. */
  #silence: NodeJS.Timeout | undefined;
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
      this.#silence?.refresh();
      if (this.push(chunk)) return;
      this.#source.pause();
      this.#stopWaiting();
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
    this.#silence ??= setTimeout(() => this.destroy(requestTimeout()), SILENCE_MS).unref();
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#stopWaiting();
    this.#source.resume();
    done(error);
  }

  #stopWaiting(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #finish(): void {
    this.#stopWaiting();
    const found = this.#hash?.digest('hex');
    if (found !== undefined && found !== this.#expectedSha256)
      this.destroy(contentMismatch(this.#expectedSha256, found));
    else this.push(null);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
function requestTimeout(): AwsError {
  return new AwsError(
    'RequestTimeout',
    'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    400,
  );
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
