import type { Part } from './upload-index.ts';

/** AWS's smallest part, but for the last: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MIN_PART_BYTES = 5 << 20;

/** Where a part may be written: at an offset of the slot file, or into a file of its own. */
export type Reservation = { partNumber: number; offset: number } | { partNumber: number; offset?: undefined };

/**
 * Decides where the parts of one upload are written.
 *
 * Parts that are all of one size need no copying when the upload completes: part n goes to (n-1) × size of one file,
 * which then is the object. The first part that is no mere rest fixes the size. A part that does not fit its slot, or
 * whose slot holds bytes that were acknowledged or are just being written, goes to a file of its own.
 */
export class Slots {
  #slotBytes: number | undefined;
  /** Slots with acknowledged bytes, which are never written again. */
  readonly #taken: Set<number>;
  readonly #beingWritten = new Set<number>();

  constructor(slotBytes: number | undefined, parts: Part[]) {
    this.#slotBytes = slotBytes;
    this.#taken = new Set(parts.filter((part) => part.place === 'slot').map((part) => part.partNumber));
  }

  get slotBytes(): number | undefined {
    return this.#slotBytes;
  }

  reserve(partNumber: number, sizeBytes: number): Reservation {
    // A part below the minimum can only be the last one: as the measure of all slots it would let none of them fit.
    if (this.#slotBytes === undefined && sizeBytes >= MIN_PART_BYTES) this.#slotBytes = sizeBytes;
    const slotBytes = this.#slotBytes;
    const isFree = !this.#taken.has(partNumber) && !this.#beingWritten.has(partNumber);
    if (slotBytes === undefined || sizeBytes > slotBytes || !isFree) return { partNumber };
    this.#beingWritten.add(partNumber);
    return { partNumber, offset: (partNumber - 1) * slotBytes };
  }

  /**
   * The part is durable where it was reserved. `isInSlot` says where the index has this part number now: of two
   * uploads of one part that end together, it alone knows which came last.
   */
  acknowledge({ partNumber, offset }: Reservation, isInSlot: boolean): void {
    if (offset !== undefined) this.#beingWritten.delete(partNumber);
    if (isInSlot) this.#taken.add(partNumber);
    else this.#taken.delete(partNumber);
  }

  /** Where the last slot that is in use ends. */
  get usedBytes(): number {
    return Math.max(0, ...this.#taken, ...this.#beingWritten) * (this.#slotBytes ?? 0);
  }

  /** The part was not kept. */
  release({ partNumber, offset }: Reservation): void {
    if (offset === undefined) return;
    this.#beingWritten.delete(partNumber);
    if (this.#taken.size === 0 && this.#beingWritten.size === 0) this.#slotBytes = undefined;
  }
}
