import type { FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { ServerResponseLike } from '../server.ts';
import { giveBack, takeBuffer } from './spare-buffers.ts';

/**
 * A stretch of an open file, as the body of an answer.
 *
 * A stream of Node makes a new buffer for every piece, and a big file leaves tens of megabytes of them for the
 * collector. Here two buffers take turns: one is read into while the other is on its way to the client.
 */
export class FileBytes {
  readonly #handle: FileHandle;
  #position: number;
  readonly #end: number;

  /** `end` is included. */
  constructor(handle: FileHandle, start: number, end: number) {
    this.#handle = handle;
    this.#position = start;
    this.#end = end;
  }

  /** Resolves when all is handed over, or when the client has gone; the file is closed then. */
  async sendTo(response: ServerResponseLike): Promise<void> {
    const gone = new Promise<'gone'>((resolve) => response.once('close', () => resolve('gone')));
    let sent: Promise<unknown> = Promise.resolve();
    const buffers = [takeBuffer(), takeBuffer()];
    try {
      for (let turn = 0; this.#position <= this.#end && !response.destroyed; turn += 1) {
        const piece = await this.#read(buffers[turn % 2] as Buffer);
        if ((await sent) === 'gone') return;
        sent = Promise.race([gone, written(response, piece)]);
      }
      if ((await sent) === 'gone' || response.destroyed) return;
      giveBack(...buffers);
      response.end();
    } finally {
      await this.destroy();
    }
  }

  async destroy(): Promise<void> {
    await this.#handle.close();
  }

  async #read(buffer: Buffer): Promise<Buffer> {
    const wanted = Math.min(buffer.length, this.#end - this.#position + 1);
    const { bytesRead } = await this.#handle.read(buffer, 0, wanted, this.#position);
    if (bytesRead === 0) throw new Error(`a file ends at ${this.#position}, before the bytes that it should have`);
    this.#position += bytesRead;
    return buffer.subarray(0, bytesRead);
  }
}

function written(response: ServerResponseLike, piece: Buffer): Promise<'gone' | undefined> {
  return new Promise((resolve) => {
    // Whatever fails here, it is the client that has gone.
    (response as ServerResponse).write(piece, (error) => resolve(error ? 'gone' : undefined));
  });
}
