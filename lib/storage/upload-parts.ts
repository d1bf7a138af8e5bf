import { type Crc64, combineCrc64, emptyCrc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import type { PartUrl, UploadedPart } from './schemas';

export interface Part {
  number: number;
  start: number;
  end: number;
  /** How much of it has gone. */
  bytes: number;
  etag?: string;
  url?: string | undefined;
  /** Of the bytes on this computer. */
  crc?: Crc64;
  /** S3's, of a part that was there before; base64. */
  heldCrc?: string | undefined;
}

export type PartState = 'waiting' | 'sending' | 'done' | 'failed';

/** A file cut into parts, and how far each has come; it counts as it goes, since a file may have ten thousand. */
export class UploadParts {
  readonly all: readonly Part[];
  sentBytes = 0;
  #states: PartState[] | undefined;
  #failed: number | undefined;

  constructor(sizeBytes: number, partSizeBytes: number) {
    const count = Math.max(1, Math.ceil(sizeBytes / partSizeBytes));
    this.all = Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      start: index * partSizeBytes,
      end: Math.min(sizeBytes, (index + 1) * partSizeBytes),
      bytes: 0,
    }));
  }

  /** Takes over what S3 holds already; a part of another size is not one of this file's. */
  hold(held: readonly UploadedPart[]): void {
    for (const { number, etag, sizeBytes, crc64 } of held) {
      const part = this.all[number - 1];
      if (!part || sizeOf(part) !== sizeBytes) continue;
      part.heldCrc = crc64;
      this.done(part, etag);
    }
  }

  address(urls: readonly PartUrl[]): void {
    for (const { number, url } of urls) {
      const part = this.all[number - 1];
      if (part) part.url = url;
    }
  }

  moved(part: Part, bytes: number): void {
    if (part.bytes === 0 || bytes === 0) this.#states = undefined;
    this.sentBytes += bytes - part.bytes;
    part.bytes = bytes;
  }

  done(part: Part, etag: string): void {
    part.etag = etag;
    this.moved(part, sizeOf(part));
    this.#states = undefined;
  }

  failed(number: number | undefined): void {
    this.#failed = number;
    this.#states = undefined;
  }

  /** A part that did not arrive whole goes again from its beginning. */
  forgetHalves(): void {
    for (const part of this.all) if (!part.etag && part.bytes > 0) this.moved(part, 0);
  }

  get missing(): Part[] {
    return this.all.filter((part) => !part.etag);
  }

  get unread(): Part[] {
    return this.all.filter((part) => part.etag && !part.crc);
  }

  get states(): readonly PartState[] {
    this.#states ??= this.all.map((part) => {
      if (part.etag) return 'done';
      if (part.number === this.#failed) return 'failed';
      return part.bytes > 0 ? 'sending' : 'waiting';
    });
    return this.#states;
  }

  get etags(): { number: number; etag: string }[] {
    return this.all.map((part) => ({ number: part.number, etag: part.etag ?? '' }));
  }

  /** Of the whole file, once every part was read. */
  get crc(): Crc64 {
    return this.all.reduce((crc, part) => combineCrc64(crc, part.crc ?? emptyCrc64, sizeOf(part)), emptyCrc64);
  }
}

export const sizeOf = (part: Part): number => part.end - part.start;
