import { reportFrom } from '@/lib/fetch-json';
import { type Crc64, printCrc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import type { CompleteUpload, PartUrl, StartedUpload, UploadedPart, UploadRef } from './schemas';
import { ofPart, SendFailure } from './send-failure';
import { Speedometer } from './speedometer';
import { type Part, type PartState, sizeOf, UploadParts } from './upload-parts';

/**
 * One file on its way to S3, sent by the browser in parts.
 *
 *   idle → sending → sent
 *            ↕  ↘ paused, failed → sending (what arrived is kept: only the missing parts go again)
 *            cancelled, from anywhere but sent
 *
 * Parts travel straight to S3 by presigned addresses, a few at once. An upload that was cut (a closed tab) goes on with
 * the parts that S3 holds: `recall` tells them. While a part travels its bytes are read a second time for their
 * checksum, and so are the parts that were there before; S3 makes the object only if the whole has that checksum.
 */
export class MultipartUpload {
  readonly #file: Blob;
  readonly #transport: UploadTransport;
  readonly #checksum: MultipartUploadOptions['checksum'];
  readonly #onChange: MultipartUploadOptions['onChange'];
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #speed: Speedometer;
  #upload: StartedUpload | undefined;
  #parts: UploadParts | undefined;
  #status: UploadStatus = 'idle';
  #problem: unknown;
  /** What S3 holds is of no use: the next try begins anew. */
  #isSpoilt = false;
  #versionId: string | undefined;
  #abort = new AbortController();

  constructor(options: MultipartUploadOptions) {
    this.#file = options.file;
    this.#transport = options.transport;
    this.#checksum = options.checksum;
    this.#onChange = options.onChange;
    this.#sleep = options.sleep;
    this.#speed = new Speedometer(options.clock ?? Date.now);
  }

  /** Begins, or goes on after a pause or a failure; resolves when the file is sent, paused, failed or cancelled. */
  async send(): Promise<void> {
    if (this.#status === 'sending' || this.#status === 'sent' || this.#status === 'cancelled') return;
    this.#abort = new AbortController();
    this.#speed.reset();
    this.#problem = undefined;
    this.#parts?.failed(undefined);
    this.#move('sending');
    const signal = this.#abort.signal;
    try {
      const parts = await this.#open(signal);
      await Promise.all([this.#sendParts(parts, signal), this.#readHeld(parts, signal)]);
      const whole = { ...this.#ref(), parts: parts.etags, sizeBytes: this.#file.size, crc64: printCrc64(parts.crc) };
      this.#versionId = (await this.#tries(() => this.#transport.complete(whole, signal), signal)).versionId;
      this.#move('sent');
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  pause(): void {
    if (this.#status !== 'sending') return;
    this.#halt();
    this.#move('paused');
  }

  /** Gives up; S3 is asked to forget the parts it has. */
  async cancel(): Promise<void> {
    if (this.#status === 'sent' || this.#status === 'cancelled') return;
    this.#halt();
    this.#move('cancelled');
    if (this.#upload) await this.#transport.abort(this.#ref());
  }

  get snapshot(): UploadSnapshot {
    const sentBytes = this.#parts?.sentBytes ?? 0;
    const speed = this.#status === 'sending' ? this.#speed.bytesPerSecond(sentBytes) : undefined;
    return {
      status: this.#status,
      sentBytes,
      totalBytes: this.#file.size,
      parts: this.#parts?.states ?? [],
      ...(speed ? { bytesPerSecond: speed, secondsLeft: (this.#file.size - sentBytes) / speed } : {}),
      ...(this.#versionId ? { versionId: this.#versionId } : {}),
      ...(this.#upload ? { key: this.#upload.key } : {}),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  #fail(error: unknown): void {
    this.#halt();
    this.#problem = error;
    this.#parts?.failed(error instanceof SendFailure ? error.details.part : undefined);
    const isRefused = !(error instanceof SendFailure) && ['INVALID', 'NOT_FOUND'].includes(reportFrom(error).code);
    this.#isSpoilt = isRefused || (error instanceof SendFailure && (error.isGone || error.reason === 'differs'));
    this.#move('failed');
  }

  #halt(): void {
    this.#abort.abort();
    this.#parts?.forgetHalves();
  }

  async #open(signal: AbortSignal): Promise<UploadParts> {
    if (this.#isSpoilt && this.#upload) await this.#transport.abort(this.#ref());
    if (this.#isSpoilt) this.#upload = undefined;
    if (this.#upload && this.#parts) return this.#parts;
    const recalled = this.#isSpoilt ? undefined : await this.#tries(() => this.#transport.recall(signal), signal);
    this.#upload = recalled?.upload ?? (await this.#tries(() => this.#transport.create(signal), signal));
    this.#isSpoilt = false;
    const parts = new UploadParts(this.#file.size, this.#upload.partSizeBytes);
    this.#parts = parts;
    parts.address(this.#upload.urls);
    if (recalled) parts.hold(recalled.parts);
    this.#onChange('progress');
    // Of another file not one byte more is sent: the first part that is there tells.
    const first = parts.unread[0];
    if (first) await this.#read(first, parts, signal);
    return parts;
  }

  async #sendParts(parts: UploadParts, signal: AbortSignal): Promise<void> {
    const missing = parts.missing;
    const lanes = Array.from({ length: Math.min(PARTS_AT_ONCE, missing.length) }, async () => {
      for (let part = missing.shift(); part; part = missing.shift()) await this.#sendPart(part, missing, parts, signal);
    });
    await Promise.all(lanes);
  }

  async #sendPart(part: Part, waiting: Part[], parts: UploadParts, signal: AbortSignal): Promise<void> {
    const tried = { part: part.number, parts: parts.all.length, tries: 0 };
    const attempt = async () => {
      tried.tries++;
      try {
        if (!part.url) await this.#sign([part, ...waiting.slice(0, SIGNED_AT_ONCE - 1)], parts, signal);
        const sent = this.#transport.put(part.url ?? '', this.#file.slice(part.start, part.end), {
          signal,
          onProgress: (bytes) => this.#progress(part, bytes),
        });
        const [etag] = await Promise.all([sent, this.#read(part, parts, signal)]);
        parts.done(part, etag);
        this.#progress(part, sizeOf(part));
      } catch (error) {
        parts.moved(part, 0);
        // A presigned address may have expired while the upload was paused: a new try asks for a new one.
        part.url = undefined;
        if (!signal.aborted) await this.#checkReadable(part);
        throw error;
      }
    };
    await this.#tries(attempt, signal).catch((error: unknown) => {
      throw ofPart(error, tried);
    });
  }

  async #readHeld(parts: UploadParts, signal: AbortSignal): Promise<void> {
    for (const part of parts.unread) await this.#read(part, parts, signal);
  }

  /** Makes a part's checksum, and holds what S3 had of it before to that. */
  async #read(part: Part, parts: UploadParts, signal: AbortSignal): Promise<void> {
    if (part.crc) return;
    const crc = await this.#checksum(this.#file.slice(part.start, part.end), signal);
    if (part.heldCrc && part.heldCrc !== printCrc64(crc)) {
      throw new SendFailure('differs', { part: part.number, parts: parts.all.length });
    }
    part.crc = crc;
  }

  /** To the network a file that has gone looks like a line that broke. */
  async #checkReadable(part: Part): Promise<void> {
    try {
      await this.#file.slice(part.start, part.start + 1).arrayBuffer();
    } catch (cause) {
      throw new SendFailure('unreadable', {}, cause);
    }
  }

  async #sign(wanted: Part[], parts: UploadParts, signal: AbortSignal): Promise<void> {
    const numbers = wanted.filter((part) => !part.url).map((part) => part.number);
    parts.address(await this.#transport.sign(this.#ref(), numbers, signal));
  }

  async #tries<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || attempt === TRIES || isFinal(error)) throw error;
        await this.#sleep(1000 * 2 ** (attempt - 1), signal);
      }
    }
  }

  #progress(part: Part, bytes: number): void {
    if (this.#status !== 'sending' || !this.#parts) return;
    this.#parts.moved(part, bytes);
    this.#speed.note(this.#parts.sentBytes);
    this.#onChange('progress');
  }

  #ref(): UploadRef {
    if (!this.#upload) throw new Error('The upload has not begun.');
    return { key: this.#upload.key, uploadId: this.#upload.uploadId };
  }

  #move(status: UploadStatus): void {
    this.#status = status;
    this.#onChange('status');
  }
}

/** Three parts of one file at a time; a browser opens six connections to one HTTP/1.1 origin. */
export const PARTS_AT_ONCE = 3;
const SIGNED_AT_ONCE = 50;
const TRIES = 3;

export type UploadStatus = 'idle' | 'sending' | 'paused' | 'failed' | 'sent' | 'cancelled';

export interface UploadSnapshot {
  status: UploadStatus;
  sentBytes: number;
  totalBytes: number;
  parts: readonly PartState[];
  bytesPerSecond?: number;
  secondsLeft?: number;
  key?: string;
  versionId?: string;
  /** What was thrown, when the status is failed. */
  problem?: unknown;
}

/** What carries an upload: the console's routes for the agreement with S3, XHR for the bytes. */
export interface UploadTransport {
  create(signal: AbortSignal): Promise<StartedUpload>;
  /** An upload of the same file that was cut before, with the parts that S3 holds. */
  recall(signal: AbortSignal): Promise<{ upload: StartedUpload; parts: UploadedPart[] } | undefined>;
  sign(upload: UploadRef, numbers: number[], signal: AbortSignal): Promise<PartUrl[]>;
  put(url: string, body: Blob, options: { signal: AbortSignal; onProgress: (bytes: number) => void }): Promise<string>;
  complete(whole: CompleteUpload, signal: AbortSignal): Promise<{ versionId: string }>;
  abort(upload: UploadRef): Promise<void>;
}

export interface MultipartUploadOptions {
  file: Blob;
  transport: UploadTransport;
  /** CRC-64/NVME of some of the file's bytes. */
  checksum: (bytes: Blob, signal: AbortSignal) => Promise<Crc64>;
  /** `progress`: only numbers moved, and they will move again soon. */
  onChange: (what: 'status' | 'progress') => void;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  clock?: () => number;
}

/** What the console or S3 has considered and refused is not asked again. */
function isFinal(error: unknown): boolean {
  if (error instanceof SendFailure) return error.isFinal;
  return !['UNAVAILABLE', 'THROTTLED', 'INTERNAL'].includes(reportFrom(error).code);
}
