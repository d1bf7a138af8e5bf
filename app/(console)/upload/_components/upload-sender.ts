import type { Crc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import type { Sent } from '@/lib/storage/browser-transport';
import { MultipartUpload, PARTS_AT_ONCE, type UploadTransport } from '@/lib/storage/multipart-upload';
import { partCount, partSizeBytes } from '@/lib/storage/schemas';
import { SendFailure } from '@/lib/storage/send-failure';
import type { RememberedUpload, UploadMemory } from '@/lib/storage/upload-memory';
import { phaseOf, type UploadItem } from './upload-item';
import type { UploadItems } from './upload-items';

export interface SendEffects {
  transport: (sent: Sent) => UploadTransport;
  partChecksum: (bytes: Blob, signal: AbortSignal) => Promise<Crc64>;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Calls `update` soon, at most once a frame for all that is asked for. */
  schedule: (update: () => void) => void;
  memory: UploadMemory;
  /** Whose uploads these are. */
  person: string;
  /** Tells this browser's other tabs that a file is being sent here; the answer takes that back. */
  hold: (id: string) => () => void;
}

/** A browser opens six connections to one HTTP/1.1 origin: many small files at once, or two large ones. */
const CONNECTIONS = 6;

/** Sends the files that wait, and remembers each until it is there. */
export class UploadSender {
  readonly #items: UploadItems;
  readonly #effects: SendEffects;
  readonly #onSent: (id: string, key: string, versionId: string) => void;
  readonly #uploads = new Map<string, MultipartUpload>();
  readonly #holds = new Map<string, () => void>();
  readonly #moved = new Set<string>();

  constructor(items: UploadItems, effects: SendEffects, onSent: (id: string, key: string, versionId: string) => void) {
    this.#items = items;
    this.#effects = effects;
    this.#onSent = onSent;
  }

  send(ids: readonly string[]): void {
    for (const id of ids) {
      const item = this.#items.find(id);
      if (!item) continue;
      this.#items.change(id, { isQueued: true });
      if (!this.#holds.has(id)) this.#holds.set(id, this.#effects.hold(id));
      void this.#effects.memory.keep(this.#record(item));
    }
    this.#sendNext();
  }

  pause(id: string): void {
    const upload = this.#uploads.get(id);
    this.#items.change(id, { isQueued: false });
    upload?.pause();
    this.#sendNext();
  }

  /** Gives files up, here and at S3. */
  async remove(ids: readonly string[]): Promise<void> {
    const uploads = ids.map((id) => this.#uploads.get(id));
    this.#items.remove(ids);
    this.#forget(ids);
    this.#sendNext();
    // What S3 could not be told now stays on the list of the unfinished.
    await Promise.allSettled(uploads.map((upload) => upload?.cancel()));
  }

  /** Goes on with what failed for the network's sake. */
  resumeAfterOutage(): void {
    const failed = this.#items.all.filter((item) => {
      const problem = phaseOf(item) === 'failed' ? item.upload?.problem : undefined;
      return problem instanceof TypeError || (problem instanceof SendFailure && NETWORK.includes(problem.reason));
    });
    this.send(failed.map((item) => item.id));
  }

  #sendNext(): void {
    const all = this.#items.all;
    let free = CONNECTIONS;
    for (const item of all) if (phaseOf(item) === 'sending') free -= connectionsOf(item);
    for (const item of all) {
      if (phaseOf(item) !== 'queued') continue;
      free -= connectionsOf(item);
      if (free < 0) return;
      void this.#run(item);
    }
  }

  async #run(item: UploadItem): Promise<void> {
    const upload = this.#uploads.get(item.id) ?? this.#open(item);
    await upload.send();
    const { status, key, versionId } = upload.snapshot;
    if (status === 'sent') this.#forget([item.id]);
    this.#sendNext();
    if (status === 'sent' && key && versionId) this.#onSent(item.id, key, versionId);
  }

  #open(item: UploadItem): MultipartUpload {
    const { id, dataset, path, file, begun } = item;
    const onBegun: Sent['onBegun'] = (begun) => {
      this.#items.change(id, { begun });
      return this.#effects.memory.keep({ ...this.#record(item), begun });
    };
    const upload = new MultipartUpload({
      file,
      transport: this.#effects.transport({ dataset, path, file, begun, onBegun }),
      checksum: this.#effects.partChecksum,
      sleep: this.#effects.sleep,
      onChange: (what) => {
        if (what === 'progress') return this.#progress(id);
        this.#items.change(id, { upload: upload.snapshot, isQueued: false });
      },
    });
    this.#uploads.set(id, upload);
    return upload;
  }

  /** Parts report many times a second: what they say is read once a frame. */
  #progress(id: string): void {
    if (this.#moved.size === 0) {
      this.#effects.schedule(() => {
        for (const moved of this.#moved) {
          const upload = this.#uploads.get(moved);
          if (upload) this.#items.change(moved, { upload: upload.snapshot });
        }
        this.#moved.clear();
      });
    }
    this.#moved.add(id);
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#uploads.delete(id);
      this.#holds.get(id)?.();
      this.#holds.delete(id);
    }
    void this.#effects.memory.forget(ids);
  }

  #record({ id, file, dataset, path, addedAt, begun, handle }: UploadItem): RememberedUpload {
    return {
      id,
      person: this.#effects.person,
      dataset,
      path,
      name: file.name,
      sizeBytes: file.size,
      lastModified: file.lastModified,
      addedAt,
      ...(begun ? { begun } : {}),
      ...(handle ? { handle } : {}),
    };
  }
}

const NETWORK: readonly string[] = ['offline', 'unreachable', 'stalled'];

function connectionsOf({ file }: UploadItem): number {
  return Math.min(PARTS_AT_ONCE, partCount(file.size, partSizeBytes(file.size)));
}
