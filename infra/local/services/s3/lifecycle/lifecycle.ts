import { setImmediate as breathe } from 'node:timers/promises';
import type { ServiceContext } from '../../../service-context.ts';
import type { Bucket } from '../bucket.ts';
import type { Cause } from '../events.ts';
import type { MultipartUploads } from '../multipart/multipart-uploads.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ObjectVersion } from '../object-version.ts';
import { type Due, dueOf, midnightAfter } from './due.ts';
import { type LifecycleRule, rulesOf } from './rules.ts';

// S3 looks once a day. A laptop sleeps at midnight, so this looks often enough not to be a day late.
const EVERY_MS = 3600 * 1000;
/** Keys between two breaths, so that requests are answered meanwhile. */
const KEYS_AT_ONCE = 200;

interface Options {
  ctx: Pick<ServiceContext, 'clock' | 'newId' | 'log'>;
  store: ObjectStore;
  uploads: MultipartUploads;
}

/** Carries out the lifecycle rules of buckets. */
export class Lifecycle {
  readonly #options: Options;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => void this.sweep(), EVERY_MS);
    this.#timer.unref();
  }

  static async start(options: Options): Promise<Lifecycle> {
    const lifecycle = new Lifecycle(options);
    void lifecycle.sweep();
    return lifecycle;
  }

  /** Does what is due by a time, in every bucket; resolves when it is done. */
  sweep(now = this.#options.ctx.clock()): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#sweepAll(now));
    return this.#sweeping;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async #sweepAll(now: number): Promise<void> {
    const { store, ctx } = this.#options;
    for (const bucket of store.buckets.list()) {
      const document = bucket.configurations.lifecycle;
      const rules = document ? rulesOf(document).filter(({ isEnabled }) => isEnabled) : [];
      if (rules.length === 0 || this.#closed) continue;
      try {
        await this.#abortUploads(bucket, rules, now);
        await this.#sweepVersions(bucket, rules, now);
      } catch (error) {
        ctx.log.error('a lifecycle could not be carried out', { bucket: bucket.name, error: String(error) });
      }
    }
  }

  async #abortUploads({ name }: Bucket, rules: LifecycleRule[], now: number): Promise<void> {
    const { uploads } = this.#options;
    for (const { key, uploadId, initiatedAt } of [...uploads.index.from(name, { at: '' })]) {
      const isOver = rules.some(
        ({ abortDays, filter }) =>
          abortDays !== undefined && key.startsWith(filter.prefix) && now >= midnightAfter(initiatedAt, abortDays),
      );
      if (!isOver || this.#closed) continue;
      await uploads.abort(name, key, uploadId).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'NoSuchUpload') throw error;
      });
    }
  }

  async #sweepVersions({ name }: Bucket, rules: LifecycleRule[], now: number): Promise<void> {
    const { store } = this.#options;
    for (let after: string | undefined = ''; after !== undefined && !this.#closed; ) {
      const page = pageOf(store.versions.from(name, { after }));
      for (const versions of page.keys) {
        for (const due of dueOf(rules, versions, now)) await this.#carryOut(due);
      }
      after = page.next;
      await breathe();
    }
  }

  async #carryOut(due: Due): Promise<void> {
    const { store } = this.#options;
    const { bucket, key, versionId, sequencer } = due.version;
    if ('label' in due) {
      await store.updateVersion(due.version, (current) => ({ ...current, storageClass: due.label })).catch(() => {});
      return;
    }
    await store.delete({
      bucket,
      key,
      versionId: due.action === 'remove' ? versionId : undefined,
      // Whoever wrote the key meanwhile keeps what they wrote.
      sequencer,
      reason: 'Lifecycle Expiration',
      cause: this.#cause(),
    });
  }

  #cause(): Cause {
    return { requester: 's3.amazonaws.com', requestId: this.#options.ctx.newId() };
  }
}

/** Some keys' versions, read before anything is changed. */
function pageOf(versions: Iterable<ObjectVersion>): { keys: ObjectVersion[][]; next?: string } {
  const keys: ObjectVersion[][] = [];
  let last: ObjectVersion[] = [];
  for (const version of versions) {
    if (last[0]?.key !== version.key) {
      if (keys.length === KEYS_AT_ONCE) return { keys, next: last[0]?.key };
      last = [];
      keys.push(last);
    }
    last.push(version);
  }
  return { keys };
}
