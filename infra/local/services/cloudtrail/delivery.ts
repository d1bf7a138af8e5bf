/**
 * Log files and digests into a trail's bucket. Each is made in one commit with all that it changes: the records leave
 * the spool, the log file is noted for the next digest, the digest becomes the last of its chain. So no file is ever
 * half there, none is delivered twice, and none is missing in the chain.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Digest, type DigestLogFile, digestStringToSign } from '../../../../lib/languages/cloudtrail/digest.ts';
import { digestFileKey, logFileKey, type TrailPlace } from '../../../../lib/languages/cloudtrail/file-names.ts';
import { AwsError, type Principal } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';
import type { ObjectStore } from '../s3/index.ts';
import { bucketProblem } from './bucket-access.ts';
import { wholeSeconds } from './records/record-of.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Spool, Spooled } from './spool.ts';
import type { DeliveryStatus, Trail, Trails } from './trails.ts';

/** What the next digest is chained to. */
interface LastDigest {
  bucket: string;
  key: string;
  hashValue: string;
  signature: string;
  endMs: number;
}

export interface DeliveryParts {
  ctx: ServiceContext;
  store: ObjectStore;
  trails: Trails;
  spool: Spool;
  keys: SigningKeys;
}

export class Delivery {
  readonly #parts: DeliveryParts;
  /** Log files that no digest tells of yet, by trail and order. */
  readonly #undigested: Table<DigestLogFile>;
  readonly #lastDigests: Table<LastDigest>;
  readonly #principal: Principal;

  constructor(parts: DeliveryParts) {
    const { state, account } = parts.ctx;
    this.#parts = parts;
    this.#undigested = state.table('cloudtrail-undigested');
    this.#lastDigests = state.table('cloudtrail-last-digests');
    const arn = 'cloudtrail.amazonaws.com';
    this.#principal = { type: 'Service', arn, accountId: account, userId: arn };
  }

  /** All that waits for a trail. What cannot be delivered stays, and the trail's status says why. */
  async deliverLogs(trail: Trail): Promise<void> {
    const { spool } = this.#parts;
    for (let waiting = spool.take(trail.name); waiting; waiting = spool.take(trail.name)) {
      try {
        this.#checkBucket(trail);
        await this.#deliverLog(trail, waiting);
      } catch (error) {
        await this.#noteFailure(trail, { logsError: codeOf(error), logsTriedAt: this.#parts.ctx.clock() });
        throw error;
      }
    }
  }

  async #deliverLog(trail: Trail, { keys, lines }: Spooled): Promise<void> {
    const { ctx, store, spool, trails } = this.#parts;
    const now = ctx.clock();
    const content = Buffer.from(`{"Records":[${lines.join(',')}]}`);
    const key = logFileKey(this.#place(trail), new Date(now), uniqueName(now, ctx.newId));
    const times = lines.map(eventTimeOf).sort();
    const logFile: DigestLogFile = {
      s3Bucket: trail.bucket,
      s3Object: key,
      hashValue: sha256(content),
      hashAlgorithm: 'SHA-256',
      newestEventTime: times.at(-1),
      oldestEventTime: times[0],
    };
    await store.put({
      ...(await this.#put(trail.bucket, key, content)),
      alongside: () => {
        spool.remove(keys);
        if (trail.isValidated) this.#undigested.put([trail.name, now, key], logFile);
        trails.note(trail.name, { logsAt: now, logsTriedAt: now, logsError: undefined });
      },
    });
  }

  /** When a trail's last digest ended; before the first, when its logging began. */
  digestedTo({ name, startedAt }: Trail): number {
    return this.#lastDigests.get([name])?.endMs ?? startedAt ?? this.#parts.ctx.clock();
  }

  /** Whether its chain of digests has no beginning yet. */
  isUndigested({ name }: Trail): boolean {
    return this.#lastDigests.get([name]) === undefined;
  }

  hasUndigested({ name }: Trail): boolean {
    for (const _ of this.#undigested.under([name], { limit: 1 })) return true;
    return false;
  }

  /** One digest of all log files since the last; also of none, so that the chain says that there were none. */
  async deliverDigest(trail: Trail): Promise<void> {
    const { keys, trails, ctx } = this.#parts;
    const previous = this.#lastDigests.get([trail.name]);
    const endMs = Math.floor(ctx.clock() / 1000) * 1000;
    // The name has whole seconds, and two digests must not share one.
    if (previous && endMs <= previous.endMs) return;
    try {
      this.#checkBucket(trail);
      const signingKey = await keys.current();
      const entries = [...this.#undigested.under([trail.name])];
      const logFiles = entries.map(({ value }) => value);
      const digest = this.#digestOf(trail, logFiles, signingKey.fingerprint, endMs, previous);
      const content = Buffer.from(JSON.stringify(digest));
      const hashValue = sha256(content);
      const signature = keys.sign(signingKey, digestStringToSign(digest, hashValue));
      const { digestS3Bucket: bucket, digestS3Object: key } = digest;
      await this.#parts.store.put({
        ...(await this.#put(bucket, key, content)),
        metadata: { signature, 'signature-algorithm': 'SHA256withRSA' },
        alongside: () => {
          for (const entry of entries) this.#undigested.remove(entry.key);
          this.#lastDigests.put([trail.name], { bucket, key, hashValue, signature, endMs });
          trails.note(trail.name, { digestAt: ctx.clock(), digestError: undefined });
        },
      });
    } catch (error) {
      await this.#noteFailure(trail, { digestError: codeOf(error) });
      throw error;
    }
  }

  #digestOf(
    trail: Trail,
    logFiles: DigestLogFile[],
    fingerprint: string,
    endMs: number,
    previous: LastDigest | undefined,
  ): Digest {
    const { account, region } = this.#parts.ctx;
    const newest = logFiles.flatMap(({ newestEventTime }) => newestEventTime ?? []).sort();
    const oldest = logFiles.flatMap(({ oldestEventTime }) => oldestEventTime ?? []).sort();
    const name = { name: trail.name, homeRegion: region };
    return {
      awsAccountId: account,
      digestStartTime: wholeSeconds(this.digestedTo(trail)),
      digestEndTime: wholeSeconds(endMs),
      digestS3Bucket: trail.bucket,
      digestS3Object: digestFileKey(this.#place(trail), name, new Date(endMs)),
      digestPublicKeyFingerprint: fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: newest.at(-1) ?? null,
      oldestEventTime: oldest[0] ?? null,
      previousDigestS3Bucket: previous?.bucket ?? null,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.hashValue ?? null,
      previousDigestHashAlgorithm: previous ? 'SHA-256' : null,
      previousDigestSignature: previous?.signature ?? null,
      logFiles,
    };
  }

  /** Inside a commit: forgets the chain of a trail that is deleted. */
  forget(name: string): void {
    for (const { key } of [...this.#undigested.under([name])]) this.#undigested.remove(key);
    this.#lastDigests.remove([name]);
  }

  #place({ prefix }: Trail): TrailPlace {
    const { account, region } = this.#parts.ctx;
    return { account, region, ...(prefix && { prefix }) };
  }

  async #put(bucket: string, key: string, content: Buffer) {
    const body = await promisify(gzip)(content);
    return { bucket, key, body, contentType: 'application/json', requester: this.#principal };
  }

  #checkBucket(trail: Trail): void {
    const { ctx, store } = this.#parts;
    const problem = bucketProblem(ctx, store, trail);
    if (problem)
      throw new AwsError(problem, `The files of trail ${trail.name} cannot be put into ${trail.bucket}.`, 403);
  }

  async #noteFailure({ name, delivery }: Trail, status: DeliveryStatus): Promise<void> {
    const { ctx, trails } = this.#parts;
    // Each second the same is not worth a commit.
    const isKnown = delivery.logsError === status.logsError && delivery.digestError === status.digestError;
    if (isKnown) return;
    // Where the disk is full, not even that can be kept.
    await ctx.state.commit(() => trails.note(name, status)).catch(() => undefined);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AwsError) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Sixteen characters, in the order of time. */
function uniqueName(now: number, newId: () => string): string {
  return `${now.toString(36).padStart(9, '0')}${newId().replaceAll('-', '').slice(-7)}`.toUpperCase();
}

/** Parsing ten thousand records again, for one field of each, would hold the loop up. */
function eventTimeOf(line: string): string {
  return /"eventTime":"([^"]+)"/.exec(line)?.[1] ?? '';
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
