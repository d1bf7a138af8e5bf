import { s3Error } from '../errors.ts';
import { Slots } from './slots.ts';
import type { Part } from './upload-index.ts';

/** Ends the wait for a sender, so that a part that is just arriving fails. */
export type Cancel = (reason: Error) => void;

/** What an upload is besides its records: where parts go, and the parts that are arriving right now. */
export class LiveUpload {
  readonly slots: Slots;
  readonly #arriving = new Map<Promise<unknown>, Cancel>();
  #isEnding = false;

  constructor(slotBytes: number | undefined, parts: Part[]) {
    this.slots = new Slots(slotBytes, parts);
  }

  /** Counts a part as arriving until `work` settles. */
  async during<T>(uploadId: string, cancel: Cancel, work: () => Promise<T>): Promise<T> {
    if (this.#isEnding) throw s3Error('NoSuchUpload', { UploadId: uploadId });
    const arriving = work();
    this.#arriving.set(arriving, cancel);
    try {
      return await arriving;
    } finally {
      this.#arriving.delete(arriving);
    }
  }

  /**
   * Takes no more parts and resolves when no part is arriving any more. A slot file becomes an object's immutable
   * bytes, so nobody may still be writing to it then.
   */
  async end(uploadId: string): Promise<void> {
    this.#isEnding = true;
    const reason = s3Error('NoSuchUpload', { UploadId: uploadId });
    for (const cancel of this.#arriving.values()) cancel(reason);
    await Promise.allSettled(this.#arriving.keys());
  }

  /** The upload goes on: what should have ended it failed. */
  resume(): void {
    this.#isEnding = false;
  }
}
