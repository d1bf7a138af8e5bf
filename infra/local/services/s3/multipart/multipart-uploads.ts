import { statSync, truncateSync } from 'node:fs';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import type { Principal } from '../../../service.ts';
import { syncFolder } from '../blobs.ts';
import type { ChecksumAlgorithm } from '../checksums.ts';
import type { WriteConditions } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import type { Cause } from '../events.ts';
import { FileSink } from '../file-sink.ts';
import { checkKey, type ObjectStore, type ObjectStoreOptions } from '../object-store.ts';
import type { ObjectVersion } from '../object-version.ts';
import type { Payload } from '../payload.ts';
import { type Received, receive, type Source } from '../receive.ts';
import { assemble } from './assemble.ts';
import { type ChosenPart, checksumOfUpload, chooseParts, etagOfParts } from './chosen-parts.ts';
import { type Cancel, LiveUpload } from './live-upload.ts';
import type { Reservation } from './slots.ts';
import { type Part, type Upload, UploadIndex } from './upload-index.ts';

export interface NewUpload extends Pick<Upload, 'bucket' | 'key' | 'content' | 'checksum'> {
  initiator: Principal;
}

export interface NewPart {
  upload: Upload;
  partNumber: number;
  promised: Payload & { sizeBytes: number };
  /** A checksum to compute without a promise to hold it to. */
  computes?: ChecksumAlgorithm;
  source: Source;
  cancel: Cancel;
}

export interface Completion {
  bucket: string;
  key: string;
  uploadId: string;
  chosen: ChosenPart[];
  conditions: WriteConditions;
  cause: Cause;
  /** Base64, over the whole object; the client's own idea of it. */
  checksumValue?: string;
  /** The client's own idea of the object's size. */
  sizeBytes?: number;
}

interface Options {
  ctx: Pick<ObjectStoreOptions['ctx'], 'state' | 'clock' | 'newId' | 'log'>;
  store: ObjectStore;
  folder: string;
}

/**
 * Multipart uploads, from their beginning to the object they become.
 *
 * An acknowledged part is durable: its bytes are synced, then one commit says where they are (`Slots` decides where).
 * Complete links the finished file under the object's name, and one commit makes the object visible and ends the
 * upload; the upload's own folder goes afterwards, or at the next start. So a kill at any moment leaves either the
 * upload with all its parts, or the object.
 */
export class MultipartUploads {
  readonly index: UploadIndex;
  readonly #options: Options;
  readonly #live = new Map<string, LiveUpload>();
  /** The Complete or Abort that each upload is busy with. */
  readonly #ending = new Map<string, Promise<unknown>>();

  private constructor(options: Options) {
    this.#options = options;
    this.index = new UploadIndex(options.ctx.state);
  }

  /** Uploads survive restarts; files that belong to none of their parts do not. */
  static async start(options: Options): Promise<MultipartUploads> {
    const uploads = new MultipartUploads(options);
    await mkdir(options.folder, { recursive: true });
    await syncFolder(options.folder);
    await uploads.#sweep();
    return uploads;
  }

  async create({ initiator, ...rest }: NewUpload): Promise<Upload> {
    const { ctx, folder, store } = this.#options;
    store.buckets.get(rest.bucket);
    checkKey(rest.key);
    const initiatedAt = ctx.clock();
    // Begins with the time, since uploads of one key are listed in the order in which they began.
    const uploadId = `${initiatedAt.toString(16).padStart(12, '0')}${ctx.newId().replaceAll('-', '')}`;
    const upload: Upload = { ...rest, uploadId, initiatedAt, initiator };
    await mkdir(this.#folderOf(uploadId));
    await writeFile(this.#slotFile(uploadId), '');
    await syncFolder(this.#folderOf(uploadId));
    await syncFolder(folder);
    await ctx.state.commit(() => {
      store.buckets.get(rest.bucket);
      this.index.put(upload);
    });
    return upload;
  }

  /** Keeps one part; durable when it resolves. */
  async writePart(part: NewPart): Promise<Part> {
    const { uploadId } = part.upload;
    const live = this.#liveOf(part.upload);
    return live.during(uploadId, part.cancel, async () => {
      const reservation = live.slots.reserve(part.partNumber, part.promised.sizeBytes);
      try {
        return await this.#writeReserved(part, live, reservation);
      } catch (error) {
        live.slots.release(reservation);
        if (reservation.offset !== undefined) trim(this.#slotFile(uploadId), live.slots.usedBytes);
        throw error;
      }
    });
  }

  /** Makes the object. Asked again after it succeeded, it answers the same. */
  async complete(completion: Completion): Promise<ObjectVersion> {
    return this.#exclusively(completion.uploadId, async () => {
      const made = this.#madeBefore(completion);
      if (made) return made;
      const upload = this.index.get(completion.bucket, completion.key, completion.uploadId);
      chooseParts(upload, this.index.parts(upload.uploadId), completion.chosen);
      const live = this.#liveOf(upload);
      await live.end(upload.uploadId);
      try {
        return await this.#makeObject(upload, live, completion);
      } catch (error) {
        live.resume();
        throw error;
      }
    });
  }

  async abort(bucket: string, key: string, uploadId: string): Promise<void> {
    await this.#exclusively(uploadId, async () => {
      const upload = this.index.get(bucket, key, uploadId);
      await this.#liveOf(upload).end(uploadId);
      await this.#options.ctx.state.commit(() => this.index.remove(upload));
      await this.#forget(uploadId);
    });
  }

  /** Ends a bucket's uploads, as part of deleting it. */
  async abortAll(bucket: string): Promise<void> {
    for (const upload of [...this.index.from(bucket, { at: '' })]) {
      await this.abort(bucket, upload.key, upload.uploadId).catch((error: unknown) => {
        // Completed or aborted by somebody else meanwhile: as good.
        if (!(error instanceof Error) || error.name !== 'NoSuchUpload') throw error;
      });
    }
  }

  async #writeReserved(part: NewPart, live: LiveUpload, reservation: Reservation): Promise<Part> {
    const { uploadId } = part.upload;
    const own = reservation.offset === undefined ? this.#ownFile(part.partNumber) : undefined;
    const path = own === undefined ? this.#slotFile(uploadId) : this.#fileOf(uploadId, own);
    try {
      const received = await this.#receive(part, path, reservation.offset);
      const kept = await this.#keep(part, received, own === undefined ? 'slot' : { file: own }, live);
      live.slots.acknowledge(reservation, this.index.findPart(uploadId, part.partNumber)?.place === 'slot');
      return kept;
    } catch (error) {
      if (own !== undefined) await rm(path, { force: true });
      throw error;
    }
  }

  async #receive(
    { source, promised, computes, upload }: NewPart,
    path: string,
    offset: number | undefined,
  ): Promise<Received> {
    const handle = await open(path, offset === undefined ? 'wx' : 'r+');
    try {
      const received = await receive(source, new FileSink(handle, offset), promised, computes);
      if (offset === undefined) await syncFolder(this.#folderOf(upload.uploadId));
      return received;
    } finally {
      await handle.close();
    }
  }

  async #keep({ upload, partNumber }: NewPart, received: Received, place: Part['place'], live: LiveUpload) {
    const { ctx } = this.#options;
    const part: Part = {
      partNumber,
      size: received.sizeBytes,
      etag: received.md5,
      checksum: received.checksum,
      lastModified: ctx.clock(),
      place,
    };
    const replaced = await ctx.state.commit(() => {
      const current = this.index.get(upload.bucket, upload.key, upload.uploadId);
      const { slotBytes } = live.slots;
      if (place === 'slot' && current.slotBytes !== slotBytes) this.index.put({ ...current, slotBytes });
      const replaced = this.index.findPart(upload.uploadId, partNumber);
      this.index.putPart(upload.uploadId, part);
      return replaced;
    });
    if (replaced && replaced.place !== 'slot') {
      await rm(this.#fileOf(upload.uploadId, replaced.place.file), { force: true });
    }
    return part;
  }

  async #makeObject(upload: Upload, live: LiveUpload, completion: Completion): Promise<ObjectVersion> {
    const { uploadId, bucket, key } = upload;
    // Once more: a part may have been replaced while the last ones were arriving.
    const acknowledged = this.index.parts(uploadId);
    const parts = chooseParts(upload, acknowledged, completion.chosen);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const checksum = checksumOfUpload(upload, parts);
    checkPromises(completion, size, checksum?.value);
    const version = await this.#options.store.write({
      bucket,
      key,
      conditions: completion.conditions,
      reason: 'CompleteMultipartUpload',
      cause: completion.cause,
      fill: async (path) => {
        const slotFile = this.#slotFile(uploadId);
        const fileOf = (name: string) => this.#fileOf(uploadId, name);
        await assemble({ parts, acknowledged, slotBytes: live.slots.slotBytes, slotFile, fileOf }, path);
        return {
          ...upload.content,
          size,
          etag: etagOfParts(parts),
          checksum,
          partSizes: parts.map((part) => part.size),
          uploadId,
        };
      },
      alongside: () => this.index.remove(upload),
    });
    await this.#forget(uploadId);
    return version;
  }

  /** The object that this upload has already become, for a client that did not hear the answer. */
  #madeBefore({ bucket, key, uploadId }: Completion): ObjectVersion | undefined {
    if (this.index.find(uploadId)) return undefined;
    for (const version of this.#options.store.versions.versionsOf(bucket, key)) {
      if (version.uploadId === uploadId) return version;
    }
    return undefined;
  }

  #liveOf(upload: Upload): LiveUpload {
    const known = this.#live.get(upload.uploadId);
    if (known) return known;
    const live = new LiveUpload(upload.slotBytes, this.index.parts(upload.uploadId));
    this.#live.set(upload.uploadId, live);
    return live;
  }

  async #exclusively<T>(uploadId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#ending.get(uploadId) ?? Promise.resolve();
    const mine = before.then(work);
    const done = mine.catch(() => {});
    this.#ending.set(uploadId, done);
    try {
      return await mine;
    } finally {
      if (this.#ending.get(uploadId) === done) this.#ending.delete(uploadId);
    }
  }

  async #forget(uploadId: string): Promise<void> {
    this.#live.delete(uploadId);
    // What stays behind is swept at the next start.
    await rm(this.#folderOf(uploadId), { recursive: true, force: true }).catch((error: unknown) =>
      this.#options.ctx.log.warn('the files of an ended upload stay on disk', { uploadId, error: String(error) }),
    );
  }

  async #sweep(): Promise<void> {
    for (const uploadId of await readdir(this.#options.folder)) {
      if (!this.index.find(uploadId)) {
        await rm(this.#folderOf(uploadId), { recursive: true, force: true });
        continue;
      }
      const own = this.index.parts(uploadId).flatMap(({ place }) => (place === 'slot' ? [] : place.file));
      const known = new Set([SLOT_FILE, ...own]);
      for (const file of await readdir(this.#folderOf(uploadId))) {
        if (!known.has(file)) await rm(this.#fileOf(uploadId, file), { force: true });
      }
    }
  }

  #ownFile(partNumber: number): string {
    return `${partNumber}-${this.#options.ctx.newId()}`;
  }

  #slotFile(uploadId: string): string {
    return this.#fileOf(uploadId, SLOT_FILE);
  }

  #fileOf(uploadId: string, name: string): string {
    return `${this.#folderOf(uploadId)}/${name}`;
  }

  #folderOf(uploadId: string): string {
    return `${this.#options.folder}/${uploadId}`;
  }
}

const SLOT_FILE = 'slots';

/**
 * Gives back what a part that failed has written behind all slots in use, which matters when the disk is full.
 * Synchronous, so that no slot can be reserved between measuring and cutting.
 */
function trim(slotFile: string, usedBytes: number): void {
  const { size } = statSync(slotFile, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > usedBytes) truncateSync(slotFile, usedBytes);
}

function checkPromises({ sizeBytes, checksumValue }: Completion, size: number, checksum: string | undefined): void {
  if (sizeBytes !== undefined && sizeBytes !== size) {
    const words = `The provided 'x-amz-mp-object-size' header value ${sizeBytes} does not match what was computed: ${size}.`;
    throw s3Error('InvalidRequest', {}, words);
  }
  // A composite value may be sent with or without its number of parts.
  if (checksumValue === undefined || checksumValue === checksum || checksumValue === checksum?.split('-')[0]) return;
  throw s3Error('BadDigest', {}, 'The checksum you specified did not match the calculated checksum.');
}
