import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Sink } from './receive.ts';

// Big enough that the trips to the thread pool do not count, small enough that a hundred uploads fit in memory.
const BATCH_BYTES = 1 << 20;
const MAX_SPARE = 16;
// Up to here the copy into the system's cache takes less time than the way to the thread pool and back.
const WRITTEN_AT_ONCE_BYTES = 128 << 10;

/**
 * Batches that are not in use. Chunks are copied into them, which looks like a waste and is none: chunks that lived
 * until they are written would outlive the young generation, and collecting them costs more than the copy.
 */
const spare: Buffer[] = [];

/**
 * Writes a stream of chunks to one place of a file, a batch at a time: while one batch is on its way to the disk the
 * next is filled, and never more than two exist.
 */
export class FileSink implements Sink {
  readonly #handle: FileHandle;
  #position: number;
  #batch: Buffer | undefined;
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, position = 0) {
    this.#handle = handle;
    this.#position = position;
  }

  /** Takes a chunk if it fits without waiting; spares the caller a promise for most chunks. */
  collect(chunk: Uint8Array): boolean {
    if (this.#filled + chunk.length > BATCH_BYTES) return false;
    this.#batch ??= spare.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
    this.#batch.set(chunk, this.#filled);
    this.#filled += chunk.length;
    return true;
  }

  /** Resolves when the sink can take more. */
  async write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + BATCH_BYTES - this.#filled);
      this.collect(piece);
      at += piece.length;
      if (this.#filled === BATCH_BYTES) await this.#flush();
    }
  }

  /** Resolves when every byte is on disk. */
  async finish(): Promise<void> {
    const isSmall = this.#filled <= WRITTEN_AT_ONCE_BYTES;
    if (isSmall) await this.#writing;
    if (isSmall && this.#batch) this.#writeAtOnce(this.#batch.subarray(0, this.#filled));
    else await this.#flush();
    await this.#writing;
    await this.#handle.datasync();
  }

  /** Resolves when no write is on its way any more, whether it failed or not. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {});
    if (this.#batch) giveBack(this.#batch);
    this.#batch = undefined;
    this.#filled = 0;
  }

  #writeAtOnce(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#handle.fd, bytes, done, bytes.length - done, this.#position + done);
    }
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const batch = this.#batch;
    if (!batch || this.#filled === 0) return;
    this.#writing = writeAll(this.#handle, batch.subarray(0, this.#filled), this.#position).finally(() =>
      giveBack(batch),
    );
    // The failure is reported by the next `await` of it; until then it must not count as unhandled.
    this.#writing.catch(() => {});
    this.#position += this.#filled;
    this.#batch = undefined;
    this.#filled = 0;
  }
}

function giveBack(batch: Buffer): void {
  if (spare.length < MAX_SPARE) spare.push(batch);
}

/** A short write is rare (a disk that is nearly full); what is left is tried again until an error says why. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
