import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FileBytes } from '../../protocol/file-bytes.ts';
import { LentBytes } from '../../protocol/lent-bytes.ts';
import { SPARE_BUFFER_BYTES } from '../../protocol/spare-buffers.ts';
import type { Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { Blobs, linkOrCopy } from './blobs.ts';
import { adoptFile, type BodySource, takeBody, writeBody } from './body-source.ts';
import { type Bucket, Buckets, checkBucketName, newBucket } from './bucket.ts';
import { checkWriteConditions } from './conditions.ts';
import { s3Error } from './errors.ts';
import type { Cause } from './events.ts';
import { type Deleted, type Deletion, type EventSink, newBlobId, ObjectChanges, type Write } from './object-changes.ts';
import { DEFAULT_CONTENT_TYPE, type ObjectContent, type ObjectVersion } from './object-version.ts';
import { isSmallBlob, SMALL_BYTES_MAX } from './small-blobs.ts';
import { VersionIndex } from './version-index.ts';

export interface ObjectStoreOptions {
  ctx: Pick<ServiceContext, 'state' | 'log' | 'clock' | 'newId' | 'account' | 'region'>;
  folder: string;
  outbox: EventSink;
}

export interface Put {
  bucket: string;
  key: string;
  /** `adopt` takes a finished file over, without copying its bytes; the file is gone from its place afterwards. */
  body: BodySource;
  contentType?: string;
  metadata?: Record<string, string>;
  tags?: Record<string, string>;
  /** Only if there is no such object yet; else PreconditionFailed. */
  ifNoneMatch?: '*';
  /** Only if the object is still this one; an ETag without quotes. */
  ifMatch?: string;
  requester: Principal;
  /** Further changes that belong to the same commit. */
  alongside?: () => void;
}

/**
 * Buckets, objects and their versions, for S3's own operations and for the services that work on objects in-process.
 * Decides no permissions: who calls it has asked `inside.authorize` first.
 *
 * Bytes are immutable, in files or, where they are few, in the State, as keys and versions are; an object, its place
 * in the order of versions and the event that tells of it become visible in one commit, not before its bytes are safe.
 */
export class ObjectStore {
  readonly buckets: Buckets;
  readonly versions: VersionIndex;
  readonly blobs: Blobs;
  readonly #ctx: ObjectStoreOptions['ctx'];
  readonly #changes: ObjectChanges;

  private constructor({ ctx, outbox }: ObjectStoreOptions, versions: VersionIndex, blobs: Blobs) {
    this.#ctx = ctx;
    this.buckets = new Buckets(ctx.state);
    this.versions = versions;
    this.blobs = blobs;
    this.#changes = new ObjectChanges({ ctx, outbox, buckets: this.buckets, versions });
  }

  static async start(options: ObjectStoreOptions): Promise<ObjectStore> {
    const versions = new VersionIndex(options.ctx.state);
    const blobs = await Blobs.start({
      folder: `${options.folder}/blobs`,
      isOwned: (id) => versions.ownsBlob(id),
      smallBlob: (id) => versions.smallBlob(id),
      newId: () => newBlobId(options.ctx.newId),
      log: options.ctx.log,
    });
    return new ObjectStore(options, versions, blobs);
  }

  /** Makes a bucket as AWS makes new ones: private, without ACLs. Throws BucketAlreadyOwnedByYou. */
  async createBucket(name: string): Promise<Bucket> {
    checkBucketName(name);
    return this.#ctx.state.commit(() => {
      if (this.buckets.find(name)) throw s3Error('BucketAlreadyOwnedByYou', { BucketName: name });
      const bucket = newBucket(name, this.#ctx.clock());
      this.buckets.put(bucket);
      return bucket;
    });
  }

  findBucket(name: string): Bucket | undefined {
    return this.buckets.find(name);
  }

  async updateBucket(name: string, change: (bucket: Bucket) => Bucket): Promise<Bucket> {
    return this.#ctx.state.commit(() => {
      const bucket = change(this.buckets.get(name));
      this.buckets.put(bucket);
      return bucket;
    });
  }

  /** Throws BucketNotEmpty while there is any version or delete marker. */
  checkEmpty(name: string): void {
    this.buckets.get(name);
    if (!this.versions.isEmpty(name)) throw s3Error('BucketNotEmpty', { BucketName: name });
  }

  async deleteBucket(name: string): Promise<void> {
    await this.#ctx.state.commit(() => {
      this.checkEmpty(name);
      this.buckets.remove(name);
    });
  }

  /** The object, or one version of it; `undefined` where there is none, or a delete marker in its place. */
  find(bucket: string, key: string, versionId?: string): ObjectVersion | undefined {
    const version =
      versionId === undefined ? this.versions.latest(bucket, key) : this.versions.find(bucket, key, versionId);
    return version?.isDeleteMarker ? undefined : version;
  }

  /** Throws NoSuchBucket, NoSuchKey or NoSuchVersion. */
  get(bucket: string, key: string, versionId?: string): ObjectVersion {
    this.buckets.get(bucket);
    const version = this.find(bucket, key, versionId);
    if (version) return version;
    if (versionId === undefined) throw s3Error('NoSuchKey', { Key: key });
    throw s3Error('NoSuchVersion', { Key: key, VersionId: versionId });
  }

  /** Current objects whose key begins with `prefix`, in key order, as of this moment. */
  list(bucket: string, prefix = ''): ObjectVersion[] {
    const found: ObjectVersion[] = [];
    for (const version of this.versions.latestFrom(bucket, { at: prefix })) {
      if (!version.key.startsWith(prefix)) break;
      if (!version.isDeleteMarker) found.push(version);
    }
    return found;
  }

  /** The immutable file with the version's bytes. Hold the version while reading it by path. */
  path(version: ObjectVersion): string {
    if (!version.blob) throw s3Error('NoSuchKey', { Key: version.key });
    return this.blobs.path(version.blob);
  }

  /** Keeps versions readable by path, even if they are deleted meanwhile, until the returned function is called. */
  hold(versions: Iterable<ObjectVersion>): () => void {
    return this.blobs.hold([...versions].flatMap(({ blob }) => blob ?? []));
  }

  /** `end` is included, as in HTTP. */
  read(version: ObjectVersion, range?: { start: number; end: number }): Readable {
    const small = this.#smallBytes(version, range);
    return small ? Readable.from([small]) : createReadStream(this.path(version), { ...range, highWaterMark: 1 << 20 });
  }

  /**
   * The bytes to answer with. Opens before it resolves, so that a version that is deleted meanwhile is read to its end.
   */
  async open(version: ObjectVersion, range?: { start: number; end: number }): Promise<FileBytes | LentBytes> {
    const { start, end } = range ?? { start: 0, end: version.size - 1 };
    const { blob } = version;
    if (blob !== undefined && isSmallBlob(blob)) {
      return LentBytes.fill((buffer) => this.#copySmall(version, blob, buffer), start, end + 1);
    }
    const path = this.path(version);
    const length = end - start + 1;
    if (length <= SPARE_BUFFER_BYTES)
      return LentBytes.fill((buffer) => readInto(buffer, path, start, length), 0, length);
    const release = this.hold([version]);
    try {
      return new FileBytes(await open(path, 'r'), start, end);
    } finally {
      release();
    }
  }

  async readBytes(version: ObjectVersion): Promise<Buffer> {
    const small = this.#smallBytes(version);
    return small ? Buffer.from(small) : readFile(this.path(version));
  }

  #copySmall({ key }: ObjectVersion, blob: string, buffer: Buffer): void {
    if (!this.versions.copySmallBlob(blob, buffer)) throw s3Error('NoSuchKey', { Key: key });
  }

  #smallBytes({ blob }: ObjectVersion, range?: { start: number; end: number }): Uint8Array | undefined {
    const bytes = blob !== undefined && isSmallBlob(blob) ? this.versions.smallBlob(blob) : undefined;
    return bytes && range ? bytes.subarray(range.start, range.end + 1) : bytes;
  }

  /** Writes an object for a service of the lake itself. Durable when it resolves. */
  async put(put: Put): Promise<ObjectVersion> {
    const { body } = put;
    const [target, described] = [this.#targetOf(put), descriptionOf(put)];
    if (body instanceof Uint8Array && body.length <= SMALL_BYTES_MAX) {
      return this.write({ ...target, take: async () => ({ ...(await takeBody(body)), ...described }) });
    }
    if (!('adopt' in body)) {
      return this.write({ ...target, write: async (handle) => ({ ...(await writeBody(handle, body)), ...described }) });
    }
    const fill = async (path: string) => ({ ...(await adoptFile(path, body.adopt)), ...described });
    const version = await this.write({ ...target, fill });
    await rm(body.adopt, { force: true });
    return version;
  }

  /** Writes small objects in one commit, all or none, with further changes that belong to it. Durable when it resolves. */
  async putTogether(puts: (Put & { body: Uint8Array })[], alongside: () => void): Promise<void> {
    for (const { bucket, key } of puts) {
      this.buckets.get(bucket);
      checkKey(key);
    }
    const writes = await Promise.all(
      puts.map(async (put, index) => {
        const { bytes, ...content } = await takeBody(put.body);
        const target = { ...this.#targetOf(put), alongside: index === puts.length - 1 ? alongside : undefined };
        return { target, bytes, content: { ...content, ...descriptionOf(put) } };
      }),
    );
    const written = await this.#changes.publishTogether(writes);
    await this.blobs.discard(written.flatMap(({ blobs }) => blobs));
  }

  #targetOf({ bucket, key, ifNoneMatch, ifMatch, requester, alongside }: Put) {
    const conditions = { ifNoneMatch, ifMatch };
    return { bucket, key, conditions, reason: 'PutObject' as const, cause: this.#insideCause(requester), alongside };
  }

  /** Deletes for a service of the lake itself, with S3's meaning of it (a marker, where the bucket is versioned). */
  async remove(bucket: string, key: string, versionId: string | undefined, requester: Principal): Promise<Deleted> {
    return this.delete({ bucket, key, versionId, cause: this.#insideCause(requester) });
  }

  /** Makes the bytes, then the version that has them, in one commit with all that belongs to it. */
  async write(write: Write): Promise<ObjectVersion> {
    this.buckets.get(write.bucket);
    checkKey(write.key);
    // Fails early; decides nothing.
    checkWriteConditions(write.conditions ?? {}, this.versions.latest(write.bucket, write.key));
    const publish = async (id: string, content: ObjectContent, bytes?: Uint8Array) => {
      const { version, blobs } = await this.#changes.publish(write, id, content, bytes);
      await this.blobs.discard(blobs);
      return version;
    };
    if ('take' in write) {
      const { bytes, ...content } = await write.take();
      return publish(newBlobId(this.#ctx.newId), content, bytes);
    }
    return 'write' in write ? this.blobs.write(write.write, publish) : this.blobs.make(write.fill, publish);
  }

  /** Makes `path` a second name of the version's bytes. */
  async linkBytes(version: ObjectVersion, path: string): Promise<void> {
    const release = this.hold([version]);
    try {
      await linkOrCopy(this.path(version), path);
    } finally {
      release();
    }
  }

  async delete(deletion: Deletion): Promise<Deleted> {
    const { deleted, blobs } = await this.#changes.delete(deletion);
    await this.blobs.discard(blobs);
    return deleted;
  }

  /** Changes what a version says of itself, never its bytes. */
  async updateVersion(version: ObjectVersion, change: (version: ObjectVersion) => ObjectVersion): Promise<void> {
    await this.#ctx.state.commit(() => {
      const current = this.versions.find(version.bucket, version.key, version.versionId);
      if (!current) throw s3Error('NoSuchKey', { Key: version.key });
      this.versions.put(change(current));
    });
  }

  async close(): Promise<void> {
    await this.blobs.close();
  }

  #insideCause(requester: Principal): Cause {
    return { requester: requester.accountId, requestId: this.#ctx.newId(), sourceIp: '127.0.0.1' };
  }
}

function descriptionOf({ contentType = DEFAULT_CONTENT_TYPE, metadata = {}, tags = {} }: Put) {
  return { contentType, metadata, headers: {}, tags, storageClass: 'STANDARD' };
}

// Up to the size of a buffer reading takes less time than three ways to the thread pool and back, and no longer than
// an index page that is not in memory either.
function readInto(buffer: Buffer, path: string, start: number, length: number): void {
  if (length === 0) return;
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < length; ) {
      const read = readSync(file, buffer, done, length - done, start + done);
      if (read === 0) throw new Error(`${path} ends at ${start + done}, before its object does`);
      done += read;
    }
  } finally {
    closeSync(file);
  }
}

const MAX_KEY_BYTES = 1024;

export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES) throw s3Error('KeyTooLongError', { Size: size, MaxSizeAllowed: MAX_KEY_BYTES });
}
