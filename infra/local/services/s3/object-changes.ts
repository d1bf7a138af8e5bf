import type { FileHandle } from 'node:fs/promises';
import type { ServiceContext } from '../../service-context.ts';
import type { Bucket, Buckets } from './bucket.ts';
import { checkWriteConditions, type WriteConditions } from './conditions.ts';
import {
  type Cause,
  type CreationReason,
  type DeletionReason,
  type DeletionType,
  objectCreated,
  objectDeleted,
  type S3Event,
} from './events.ts';
import { DEFAULT_CONTENT_TYPE, type ObjectContent, type ObjectVersion } from './object-version.ts';
import { smallBlobId } from './small-blobs.ts';
import { sequencerOf, type VersionIndex } from './version-index.ts';

/** Where events wait for delivery; `append` is called inside the commit of the change that the event tells of. */
export interface EventSink {
  append(event: S3Event): void;
}

/** One write of an object: how its bytes are made, under which name and on which conditions. */
export type Write = WriteTarget &
  (
    | {
        /** Takes bytes that are small enough to be kept in the State, and describes them. */
        take: () => Promise<ObjectContent & { bytes: Uint8Array }>;
      }
    | {
        /** Writes the bytes to the open file, durable, and describes them. */
        write: (handle: FileHandle) => Promise<ObjectContent>;
      }
    | {
        /** Makes the file at `path`, durable, and describes it. */
        fill: (path: string) => Promise<ObjectContent>;
      }
  );

export interface WriteTarget {
  bucket: string;
  key: string;
  conditions?: WriteConditions;
  reason: CreationReason;
  cause: Cause;
  /** Further changes that belong to the same commit. */
  alongside?: () => void;
}

export interface Deletion {
  bucket: string;
  key: string;
  versionId?: string;
  conditions?: WriteConditions;
  /** Only while this is still the version that is meant; otherwise nothing happens. */
  sequencer?: string;
  /** `DeleteObject`, unless said otherwise. */
  reason?: DeletionReason;
  cause: Cause;
}

/** What a deletion did: the version that is gone or the marker that was made; neither where there was nothing. */
export interface Deleted {
  removed?: ObjectVersion;
  marker?: ObjectVersion;
}

interface Options {
  ctx: Pick<ServiceContext, 'state' | 'clock' | 'newId' | 'account' | 'region'>;
  outbox: EventSink;
  buckets: Buckets;
  versions: VersionIndex;
}

/**
 * The commits that change objects. Each decides its conditions, takes its place in the order of writes, makes room
 * for a `null` version and leaves its event, all at once; `blobs` are the files that nobody refers to afterwards.
 */
export class ObjectChanges {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async publish(write: WriteTarget, id: string, content: ObjectContent, bytes?: Uint8Array) {
    return this.#options.ctx.state.commit(() => this.#place(write, id, content, bytes));
  }

  /** All of them, or none. */
  async publishTogether(writes: { target: WriteTarget; content: ObjectContent; bytes: Uint8Array }[]) {
    const { ctx } = this.#options;
    return ctx.state.commit(() =>
      writes.map(({ target, content, bytes }) => this.#place(target, newBlobId(ctx.newId), content, bytes)),
    );
  }

  /** `bytes` are those of a small blob; others are in the file of that name. */
  #place(write: WriteTarget, id: string, content: ObjectContent, bytes?: Uint8Array) {
    const blob = bytes ? smallBlobId(id) : id;
    const { ctx, buckets, versions, outbox } = this.#options;
    const bucket = buckets.get(write.bucket);
    checkWriteConditions(write.conditions ?? {}, versions.latest(write.bucket, write.key));
    const version: ObjectVersion = {
      ...content,
      bucket: write.bucket,
      key: write.key,
      versionId: bucket.versioning === 'Enabled' ? id : 'null',
      isDeleteMarker: false,
      lastModified: ctx.clock(),
      sequencer: sequencerOf(versions.nextSequence()),
      blob,
    };
    const blobs = this.#makeRoom(version);
    versions.put(version);
    if (bytes) versions.putSmallBlob(blob, bytes);
    write.alongside?.();
    if (bucket.eventBridge) outbox.append(objectCreated(this.#origin(), version, write.reason, write.cause));
    return { version, blobs };
  }

  async delete(deletion: Deletion): Promise<{ deleted: Deleted; blobs: string[] }> {
    const { ctx, buckets, versions } = this.#options;
    return ctx.state.commit(() => {
      const bucket = buckets.get(deletion.bucket);
      const { key, versionId, conditions = {} } = deletion;
      const current =
        versionId === undefined ? versions.latest(bucket.name, key) : versions.find(bucket.name, key, versionId);
      if (deletion.sequencer !== undefined && current?.sequencer !== deletion.sequencer) {
        return { deleted: {}, blobs: [] };
      }
      checkWriteConditions(conditions, current);
      if (versionId !== undefined) return this.#removeVersion(bucket, deletion, versionId);
      if (bucket.versioning === undefined) return this.#removeVersion(bucket, deletion, 'null');
      return this.#mark(bucket, deletion);
    });
  }

  /** There is one `null` version of a key at most: the new one takes the place of the old one. */
  #makeRoom({ bucket, key, versionId }: ObjectVersion): string[] {
    const { versions } = this.#options;
    const old = versionId === 'null' ? versions.find(bucket, key, 'null') : undefined;
    if (!old) return [];
    versions.remove(old);
    return blobsOf(old);
  }

  #removeVersion(bucket: Bucket, deletion: Deletion, versionId: string) {
    const { versions } = this.#options;
    const removed = versions.find(bucket.name, deletion.key, versionId);
    if (!removed) return { deleted: {}, blobs: [] };
    versions.remove(removed);
    const sequencer = sequencerOf(versions.nextSequence());
    this.#tell(bucket, deletion, removed, 'Permanently Deleted', sequencer);
    return { deleted: { removed }, blobs: blobsOf(removed) };
  }

  #mark(bucket: Bucket, deletion: Deletion) {
    const { ctx, versions } = this.#options;
    const marker: ObjectVersion = {
      ...EMPTY_CONTENT,
      bucket: bucket.name,
      key: deletion.key,
      versionId: bucket.versioning === 'Enabled' ? newBlobId(ctx.newId) : 'null',
      isDeleteMarker: true,
      lastModified: ctx.clock(),
      sequencer: sequencerOf(versions.nextSequence()),
    };
    const blobs = this.#makeRoom(marker);
    versions.put(marker);
    this.#tell(bucket, deletion, marker, 'Delete Marker Created', marker.sequencer);
    return { deleted: { marker }, blobs };
  }

  #tell(bucket: Bucket, deletion: Deletion, version: ObjectVersion, type: DeletionType, sequencer: string): void {
    if (!bucket.eventBridge) return;
    const facts = { version, type, reason: deletion.reason ?? 'DeleteObject', sequencer } as const;
    this.#options.outbox.append(objectDeleted(this.#origin(), deletion.cause, facts));
  }

  #origin() {
    const { account, region, newId, clock } = this.#options.ctx;
    return { id: newId(), account, region, time: clock() };
  }
}

const EMPTY_CONTENT: ObjectContent = {
  size: 0,
  // The MD5 of nothing, which is what AWS's events of delete markers carry.
  etag: 'd41d8cd98f00b204e9800998ecf8427e',
  contentType: DEFAULT_CONTENT_TYPE,
  metadata: {},
  headers: {},
  tags: {},
  storageClass: 'STANDARD',
};

/** Names a blob, and the version that has it where its bucket is versioned. */
export const newBlobId = (newId: () => string): string => newId().replaceAll('-', '');

function blobsOf({ blob }: ObjectVersion): string[] {
  return blob ? [blob] : [];
}
