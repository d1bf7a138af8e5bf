import type { FileHandle } from 'node:fs/promises';
import type { Sink } from './receive.ts';

// Big enough that the trips to the thread pool do not count, small enough that a hundred uploads fit in memory.
const BATCH_BYTES = 1 << 20;

/**
 * Writes a stream of chunks to one place of a file, a batch at a time: while one batch is on its way to the disk the
 * next is collected, and never more than two exist.
 */
export class FileSink implements Sink {
  readonly #handle: FileHandle;
  #position: number;
  #batch: Uint8Array[] = [];
  #batchBytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, position = 0) {
    this.#handle = handle;
    this.#position = position;
  }

  /** Resolves when the sink can take more. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    if (this.#batchBytes >= BATCH_BYTES) await this.#flush();
  }

  /** Whether `write` would only keep the chunk; spares the caller a promise for most chunks. */
  collect(chunk: Uint8Array): boolean {
    if (this.#batchBytes + chunk.length >= BATCH_BYTES) return false;
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    return true;
  }

  /** Resolves when every byte is on disk. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
    await this.#handle.datasync();
  }

  /** Resolves when no write is on its way any more, whether it failed or not. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#batchBytes === 0) return;
    this.#writing = writeAll(this.#handle, this.#batch, this.#batchBytes, this.#position);
    // The failure is reported by the next `await` of it; until then it must not count as unhandled.
    this.#writing.catch(() => {});
    this.#position += this.#batchBytes;
    this.#batch = [];
    this.#batchBytes = 0;
  }
}

async function writeAll(handle: FileHandle, chunks: Uint8Array[], bytes: number, position: number): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks, position);
  if (bytesWritten === bytes) return;
  // A short write is rare (a disk that is nearly full); what is left is written as one buffer until an error says why.
  let rest = Buffer.concat(chunks).subarray(bytesWritten);
  let at = position + bytesWritten;
  while (rest.length > 0) {
    const written = await handle.write(rest, 0, rest.length, at);
    rest = rest.subarray(written.bytesWritten);
    at += written.bytesWritten;
  }
}
