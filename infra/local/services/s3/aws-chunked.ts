import { s3Error } from './errors.ts';

/** One chunk's frame: its length, and its signature where chunks are signed. */
export interface ChunkHead {
  length: number;
  signature?: string;
}

/** Told of every frame, so that signatures can be checked where the request has them. */
export interface ChunkObserver {
  data(bytes: Uint8Array): void;
  end(head: ChunkHead): void;
  trailer(lines: string): void;
}

// A frame's head is `<hex length>;chunk-signature=<64 hex>`; a trailer is a header line.
const MAX_LINE = 4096;
const MAX_TRAILER_LINES = 32;

/**
 * Takes the frames off a body in `Content-Encoding: aws-chunked` and yields the payload; trailing headers are put
 * into `trailers` before the last chunk is reported.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
  observer?: ChunkObserver,
): AsyncGenerator<Uint8Array> {
  const reader = new FrameReader(source);
  for (;;) {
    const head = parseHead(await reader.line());
    if (head.length > 0) {
      for await (const bytes of reader.take(head.length)) {
        observer?.data(bytes);
        yield bytes;
      }
      observer?.end(head);
      if ((await reader.line()) !== '') throw s3Error('IncompleteBody');
      continue;
    }
    observer?.end(head);
    await readTrailers(reader, trailers, observer);
    return;
  }
}

function parseHead(line: string): ChunkHead {
  const [, length, signature] = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
  if (length === undefined) throw s3Error('IncompleteBody', {}, 'The request body is not valid aws-chunked framing.');
  return { length: Number.parseInt(length, 16), signature };
}

async function readTrailers(
  reader: FrameReader,
  trailers: Map<string, string>,
  observer: ChunkObserver | undefined,
): Promise<void> {
  let signed = '';
  for (let lines = 0; lines < MAX_TRAILER_LINES; lines++) {
    // Some clients leave out the empty line at the very end.
    const line = await reader.lineOrEnd();
    if (!line) break;
    const colon = line.indexOf(':');
    if (colon <= 0) throw s3Error('IncompleteBody', {}, 'The request body is not valid aws-chunked framing.');
    const name = line.slice(0, colon).trim().toLowerCase();
    trailers.set(name, line.slice(colon + 1).trim());
    if (name !== 'x-amz-trailer-signature') signed += `${name}:${line.slice(colon + 1).trim()}\n`;
  }
  observer?.trailer(signed);
}

class FrameReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw s3Error('IncompleteBody');
    return line;
  }

  /** The next line without its end; `undefined` where the body is over. */
  async lineOrEnd(): Promise<string | undefined> {
    let line = '';
    for (;;) {
      if (this.#chunk.length === 0 && !(await this.#fill())) return line === '' ? undefined : line;
      const end = this.#chunk.indexOf(10);
      const piece = end < 0 ? this.#chunk : this.#chunk.subarray(0, end);
      line += Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
      if (line.length > MAX_LINE) throw s3Error('IncompleteBody');
      this.#chunk = this.#chunk.subarray(end < 0 ? this.#chunk.length : end + 1);
      if (end >= 0) return line.endsWith('\r') ? line.slice(0, -1) : line;
    }
  }

  async *take(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (this.#chunk.length === 0 && !(await this.#fill())) throw s3Error('IncompleteBody');
      const bytes = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(bytes.length);
      left -= bytes.length;
      yield bytes;
    }
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.#chunk = value;
    return true;
  }
}
