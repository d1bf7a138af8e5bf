import type { Sink } from './receive.ts';

/** Keeps a body of known size in memory; `receive` sees to it that there is not a byte more. */
export class MemorySink implements Sink {
  readonly bytes: Uint8Array;
  #filled = 0;

  constructor(sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes);
  }

  collect(chunk: Uint8Array): boolean {
    this.bytes.set(chunk, this.#filled);
    this.#filled += chunk.length;
    return true;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.collect(chunk);
  }

  async finish(): Promise<void> {}

  async settle(): Promise<void> {}
}
