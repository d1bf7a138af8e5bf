import type { PartUrl, StartedUpload, UploadedPart, UploadRef } from './schemas';

/**
 * One file on its way to S3, sent by the browser in parts.
 *
 *   idle → sending → sent
 *            ↕  ↘ paused, failed → sending (what arrived is kept: only the missing parts go again)
 *            cancelled, from anywhere but sent
 *
 * Parts travel straight to S3 by presigned addresses, a few at once. An upload that was cut (a closed tab) is taken up
 * again when the same file is dropped: `recall` gives its id and S3 tells which parts it has.
 */
export class MultipartUpload {
  readonly #file: Blob;
  readonly #transport: UploadTransport;
  readonly #onChange: (snapshot: UploadSnapshot) => void;
  readonly #clock: () => number;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  #upload: StartedUpload | undefined;
  #parts: Part[] = [];
  #status: UploadStatus = 'idle';
  #problem: unknown;
  #versionId: string | undefined;
  #abort = new AbortController();
  #samples: { at: number; bytes: number }[] = [];

  constructor(options: MultipartUploadOptions) {
    this.#file = options.file;
    this.#transport = options.transport;
    this.#onChange = options.onChange;
    this.#clock = options.clock ?? Date.now;
    this.#sleep = options.sleep ?? sleep;
  }

  /** Begins, or goes on after a pause or a failure; resolves when the file is sent, paused, failed or cancelled. */
  async send(): Promise<void> {
    if (this.#status === 'sending' || this.#status === 'sent' || this.#status === 'cancelled') return;
    this.#abort = new AbortController();
    this.#samples = [];
    this.#problem = undefined;
    this.#move('sending');
    const signal = this.#abort.signal;
    try {
      await this.#open(signal);
      await this.#sendParts(signal);
      this.#versionId = (await this.#transport.complete(this.#ref(), this.#etags(), signal)).versionId;
      this.#move('sent');
    } catch (error) {
      if (signal.aborted) return;
      this.#halt();
      this.#problem = error;
      this.#move('failed');
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
    this.#abort.abort();
    this.#move('cancelled');
    if (this.#upload) await this.#transport.abort(this.#ref());
  }

  get snapshot(): UploadSnapshot {
    const sentBytes = this.#parts.reduce((sum, part) => sum + part.bytes, 0);
    const bytesPerSecond = this.#speed(sentBytes);
    return {
      status: this.#status,
      sentBytes,
      totalBytes: this.#file.size,
      parts: this.#parts.map((part) => (part.etag ? 'done' : part.bytes > 0 ? 'sending' : 'waiting')),
      ...(bytesPerSecond ? { bytesPerSecond, secondsLeft: (this.#file.size - sentBytes) / bytesPerSecond } : {}),
      ...(this.#versionId ? { versionId: this.#versionId } : {}),
      ...(this.#upload ? { key: this.#upload.key } : {}),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** Stops what is on its way; a part that did not arrive whole goes again from its beginning. */
  #halt(): void {
    this.#abort.abort();
    for (const part of this.#parts) if (!part.etag) part.bytes = 0;
  }

  async #open(signal: AbortSignal): Promise<void> {
    if (this.#upload) return;
    const recalled = await this.#transport.recall(signal);
    this.#upload = recalled?.upload ?? (await this.#transport.create(signal));
    this.#parts = cut(this.#file.size, this.#upload.partSizeBytes);
    for (const known of recalled?.parts ?? []) {
      const part = this.#parts[known.number - 1];
      if (part && part.end - part.start === known.sizeBytes)
        Object.assign(part, { etag: known.etag, bytes: known.sizeBytes });
    }
    for (const { number, url } of this.#upload.urls) {
      const part = this.#parts[number - 1];
      if (part) part.url = url;
    }
  }

  async #sendParts(signal: AbortSignal): Promise<void> {
    const missing = this.#parts.filter((part) => !part.etag);
    const lanes = Array.from({ length: Math.min(PARTS_AT_ONCE, missing.length) }, async () => {
      for (let part = missing.shift(); part; part = missing.shift()) await this.#sendPart(part, missing, signal);
    });
    await Promise.all(lanes);
  }

  async #sendPart(part: Part, waiting: Part[], signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (!part.url) await this.#sign([part, ...waiting.slice(0, SIGNED_AT_ONCE - 1)], signal);
        part.etag = await this.#transport.put(part.url ?? '', this.#file.slice(part.start, part.end), {
          signal,
          onProgress: (bytes) => this.#progress(part, bytes),
        });
        return this.#progress(part, part.end - part.start);
      } catch (error) {
        part.bytes = 0;
        // A presigned address may have expired while the upload was paused: a new try asks for a new one.
        part.url = undefined;
        if (signal.aborted || attempt === TRIES) throw new PartFailed(part.number, this.#parts.length, attempt, error);
        await this.#sleep(1000 * 2 ** (attempt - 1), signal);
      }
    }
  }

  async #sign(parts: Part[], signal: AbortSignal): Promise<void> {
    const unsigned = parts.filter((part) => !part.url).map((part) => part.number);
    for (const { number, url } of await this.#transport.sign(this.#ref(), unsigned, signal)) {
      const part = this.#parts[number - 1];
      if (part) part.url = url;
    }
  }

  #progress(part: Part, bytes: number): void {
    if (this.#status !== 'sending') return;
    part.bytes = bytes;
    const sent = this.#parts.reduce((sum, each) => sum + each.bytes, 0);
    const at = this.#clock();
    this.#samples = [...this.#samples.filter((sample) => at - sample.at < SPEED_WINDOW_MS), { at, bytes: sent }];
    this.#onChange(this.snapshot);
  }

  #speed(sentBytes: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (this.#status !== 'sending' || !first || !last || last.at === first.at) return undefined;
    return Math.max(0, sentBytes - first.bytes) / ((last.at - first.at) / 1000) || undefined;
  }

  #etags(): { number: number; etag: string }[] {
    return this.#parts.map((part) => ({ number: part.number, etag: part.etag ?? '' }));
  }

  #ref(): UploadRef {
    if (!this.#upload) throw new Error('The upload has not begun.');
    return { key: this.#upload.key, uploadId: this.#upload.uploadId };
  }

  #move(status: UploadStatus): void {
    this.#status = status;
    this.#onChange(this.snapshot);
  }
}

/** Three parts of one file at a time; a browser opens six connections to one HTTP/1.1 origin. */
const PARTS_AT_ONCE = 3;
const SIGNED_AT_ONCE = 50;
const TRIES = 3;
const SPEED_WINDOW_MS = 5_000;

export type UploadStatus = 'idle' | 'sending' | 'paused' | 'failed' | 'sent' | 'cancelled';

export interface UploadSnapshot {
  status: UploadStatus;
  sentBytes: number;
  totalBytes: number;
  parts: ('waiting' | 'sending' | 'done')[];
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
  complete(
    upload: UploadRef,
    parts: { number: number; etag: string }[],
    signal: AbortSignal,
  ): Promise<{ versionId: string }>;
  abort(upload: UploadRef): Promise<void>;
}

export interface MultipartUploadOptions {
  file: Blob;
  transport: UploadTransport;
  onChange: (snapshot: UploadSnapshot) => void;
  clock?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

class PartFailed extends Error {
  readonly number: number;
  readonly total: number;
  readonly tries: number;
  constructor(number: number, total: number, tries: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Part ${number} of ${total}: ${reason} (${tries} tries). The parts that arrived are kept.`, { cause });
    this.number = number;
    this.total = total;
    this.tries = tries;
  }
}

interface Part {
  number: number;
  start: number;
  end: number;
  bytes: number;
  etag?: string;
  url?: string | undefined;
}

function cut(sizeBytes: number, partSizeBytes: number): Part[] {
  const count = Math.max(1, Math.ceil(sizeBytes / partSizeBytes));
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    start: index * partSizeBytes,
    end: Math.min(sizeBytes, (index + 1) * partSizeBytes),
    bytes: 0,
  }));
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
