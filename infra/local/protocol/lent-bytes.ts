import type { ServerResponseLike } from '../server.ts';
import { giveBack, takeBuffer } from './spare-buffers.ts';

/** A few bytes in a buffer that is used again, as the body of an answer. */
export class LentBytes {
  readonly #buffer: Buffer;
  readonly #start: number;
  readonly #end: number;

  private constructor(buffer: Buffer, start: number, end: number) {
    this.#buffer = buffer;
    this.#start = start;
    this.#end = end;
  }

  /** `fill` puts the bytes into a buffer of `SPARE_BUFFER_BYTES`; `end` is not included. */
  static fill(fill: (buffer: Buffer) => void, start: number, end: number): LentBytes {
    const buffer = takeBuffer();
    try {
      fill(buffer);
    } catch (error) {
      giveBack(buffer);
      throw error;
    }
    return new LentBytes(buffer, start, end);
  }

  /** The end of the answer. A client that goes away in the middle keeps the buffer: the system may still read it. */
  sendTo(response: ServerResponseLike): void {
    response.once('finish', () => giveBack(this.#buffer));
    response.end(this.#buffer.subarray(this.#start, this.#end));
  }

  destroy(): void {
    giveBack(this.#buffer);
  }
}
