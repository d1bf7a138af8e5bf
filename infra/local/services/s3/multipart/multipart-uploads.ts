import type { Principal } from '../../../service.ts';
import type { WriteConditions } from '../conditions.ts';
import type { Cause } from '../events.ts';
import { checkKey, type ObjectStore, type ObjectStoreOptions } from '../object-store.ts';
import type { ObjectVersion } from '../object-version.ts';
import type { Payload } from '../payload.ts';
import type { Received } from '../receive.ts';
import { assemble } from './assemble.ts';
import {
  type ChosenPart,
  checkExpectation,
  checksumOfUpload,
  chooseParts,
  type Expectation,
  etagOfParts,
} from './chosen-parts.ts';
import { type Cancel, LiveUpload } from './live-upload.ts';
import type { Reservation } from './slots.ts';
import { type Incoming, UploadFiles } from './upload-files.ts';
import { type Part, type Upload, UploadIndex } from './upload-index.ts';

export interface NewUpload extends Pick<Upload, 'bucket' | 'key' | 'content' | 'checksum'> {
  initiator: Principal;
}

export interface NewPart extends Incoming {
  upload: Upload;
  partNumber: number;
  promised: Payload & { sizeBytes: number };
  cancel: Cancel;
}

export interface Completion {
  bucket: string;
  key: string;
  uploadId: string;
  chosen: ChosenPart[];
  conditions: WriteConditions;
  cause: Cause;
  expected: Expectation;
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
  readonly #files: UploadFiles;
  readonly #live = new Map<string, LiveUpload>();
  /** The Complete or Abort that each upload is busy with. */
  readonly #ending = new Map<string, Promise<unknown>>();

  private constructor(options: Options) {
    this.#options = options;
    this.#files = new UploadFiles(options.folder, options.ctx.log);
    this.index = new UploadIndex(options.ctx.state);
  }

  /** Uploads survive restarts; files that belong to none of their parts do not. */
  static async start(options: Options): Promise<MultipartUploads> {
    const uploads = new MultipartUploads(options);
    await uploads.#files.sweep((id) => (uploads.index.find(id) ? uploads.index.parts(id) : undefined));
    return uploads;
  }

  async create({ initiator, ...rest }: NewUpload): Promise<Upload> {
    const { ctx, store } = this.#options;
    store.buckets.get(rest.bucket);
    checkKey(rest.key);
    const initiatedAt = ctx.clock();
    // Begins with the time, since uploads of one key are listed in the order in which they began.
    const uploadId = `${initiatedAt.toString(16).padStart(12, '0')}${ctx.newId().replaceAll('-', '')}`;
    const upload: Upload = { ...rest, uploadId, initiatedAt, initiator };
    await this.#files.make(uploadId);
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
        if (reservation.offset !== undefined) this.#files.trim(uploadId, live.slots.usedBytes);
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
    const { partNumber, offset } = reservation;
    const { uploadId } = part.upload;
    if (offset !== undefined) {
      const kept = await this.#keep(part, await this.#files.receiveSlot(uploadId, offset, part), 'slot', live);
      live.slots.acknowledge(reservation, this.#isInSlot(uploadId, partNumber));
      return kept;
    }
    const file = `${partNumber}-${this.#options.ctx.newId()}`;
    const received = await this.#files.receiveOwn(uploadId, file, part);
    try {
      const kept = await this.#keep(part, received, { file }, live);
      live.slots.acknowledge(reservation, this.#isInSlot(uploadId, partNumber));
      return kept;
    } catch (error) {
      await this.#files.removeOwn(uploadId, file);
      throw error;
    }
  }

  #isInSlot(uploadId: string, partNumber: number): boolean {
    return this.index.findPart(uploadId, partNumber)?.place === 'slot';
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
    if (replaced && replaced.place !== 'slot') await this.#files.removeOwn(upload.uploadId, replaced.place.file);
    return part;
  }

  async #makeObject(upload: Upload, live: LiveUpload, completion: Completion): Promise<ObjectVersion> {
    const { uploadId, bucket, key } = upload;
    // Once more: a part may have been replaced while the last ones were arriving.
    const acknowledged = this.index.parts(uploadId);
    const parts = chooseParts(upload, acknowledged, completion.chosen);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const checksum = checksumOfUpload(upload, parts);
    checkExpectation(upload, completion.expected, size, checksum);
    const version = await this.#options.store.write({
      bucket,
      key,
      conditions: completion.conditions,
      reason: 'CompleteMultipartUpload',
      cause: completion.cause,
      fill: async (path) => {
        const slotFile = this.#files.slotFile(uploadId);
        const fileOf = (name: string) => this.#files.ownFile(uploadId, name);
        await assemble({ parts, acknowledged, slotBytes: live.slots.slotBytes, slotFile, fileOf }, path);
        return {
          ...upload.content,
          size,
          etag: etagOfParts(parts),
          checksum,
          partSizes: parts.map((part) => part.size),
          // The default checksum says nothing of parts: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
          partChecksums: upload.checksum && parts.map((part) => part.checksum?.value ?? ''),
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
    await this.#files.removeAll(uploadId);
  }
}
