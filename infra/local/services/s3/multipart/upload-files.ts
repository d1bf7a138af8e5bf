import { statSync, truncateSync } from 'node:fs';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import type { Log } from '../../../service.ts';
import { makeDurableFolder } from '../../../state/durable-folder.ts';
import { syncFolder } from '../blobs.ts';
import type { ChecksumAlgorithm } from '../checksums.ts';
import { FileSink } from '../file-sink.ts';
import type { Payload } from '../payload.ts';
import { type Received, receive, type Source } from '../receive.ts';
import type { Part } from './upload-index.ts';

const SLOT_FILE = 'slots';

/** What is received into a part's place. */
export interface Incoming {
  source: Source;
  promised: Payload;
  computes?: ChecksumAlgorithm;
}

/** The files of uploads in progress: a folder each, with the slot file and files of parts that have one of their own. */
export class UploadFiles {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  slotFile(uploadId: string): string {
    return this.ownFile(uploadId, SLOT_FILE);
  }

  ownFile(uploadId: string, name: string): string {
    return `${this.#folderOf(uploadId)}/${name}`;
  }

  /** Durable, so that whoever writes a part has only its bytes to sync. */
  async make(uploadId: string): Promise<void> {
    await mkdir(this.#folderOf(uploadId));
    await writeFile(this.slotFile(uploadId), '');
    await syncFolder(this.#folderOf(uploadId));
    await syncFolder(this.#folder);
  }

  /** Receives into the slot file at an offset. */
  async receiveSlot(uploadId: string, offset: number, incoming: Incoming): Promise<Received> {
    return receiveInto(this.slotFile(uploadId), 'r+', offset, incoming);
  }

  /** Receives into a new file, of which nothing is left if that fails. */
  async receiveOwn(uploadId: string, name: string, incoming: Incoming): Promise<Received> {
    try {
      const received = await receiveInto(this.ownFile(uploadId, name), 'wx', 0, incoming);
      await syncFolder(this.#folderOf(uploadId));
      return received;
    } catch (error) {
      await this.removeOwn(uploadId, name);
      throw error;
    }
  }

  /** What cannot be removed now is swept at the next start. */
  async removeOwn(uploadId: string, name: string): Promise<void> {
    await rm(this.ownFile(uploadId, name), { force: true }).catch((error: unknown) => this.#left(uploadId, error));
  }

  async removeAll(uploadId: string): Promise<void> {
    const options = { recursive: true, force: true };
    await rm(this.#folderOf(uploadId), options).catch((error: unknown) => this.#left(uploadId, error));
  }

  /**
   * Gives back what a part that failed has written behind all slots in use, which matters when the disk is full.
   * Synchronous, so that no slot can be reserved between measuring and cutting.
   */
  trim(uploadId: string, usedBytes: number): void {
    const file = this.slotFile(uploadId);
    const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size > usedBytes) truncateSync(file, usedBytes);
  }

  /** Removes what belongs to no acknowledged part; `partsOf` is undefined for an upload that is over. */
  async sweep(partsOf: (uploadId: string) => Part[] | undefined): Promise<void> {
    makeDurableFolder(this.#folder);
    for (const uploadId of await readdir(this.#folder)) {
      const parts = partsOf(uploadId);
      if (!parts) {
        await this.removeAll(uploadId);
        continue;
      }
      const known = new Set([SLOT_FILE, ...parts.flatMap(({ place }) => (place === 'slot' ? [] : place.file))]);
      for (const file of await readdir(this.#folderOf(uploadId))) {
        if (!known.has(file)) await this.removeOwn(uploadId, file);
      }
    }
  }

  #folderOf(uploadId: string): string {
    return `${this.#folder}/${uploadId}`;
  }

  #left(uploadId: string, error: unknown): void {
    this.#log.warn('a file of an upload stays on disk', { uploadId, error: String(error) });
  }
}

async function receiveInto(
  path: string,
  flags: 'r+' | 'wx',
  offset: number,
  { source, promised, computes }: Incoming,
): Promise<Received> {
  const handle = await open(path, flags);
  try {
    return await receive(source, new FileSink(handle, offset), promised, computes);
  } finally {
    await handle.close();
  }
}
