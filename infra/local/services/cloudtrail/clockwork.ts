/** What of the trail is due when: calls are kept each second, log files follow within seconds, digests within a minute. */
import { errorFields } from '../../log.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Delivery } from './delivery.ts';
import type { Recording } from './recording.ts';
import type { Spool } from './spool.ts';
import type { Trail, Trails } from './trails.ts';

const TICK_MS = 1_000;
/** AWS: about five minutes. */
const LOGS_EVERY_MS = 15_000;
/** AWS: an hour. */
const DIGEST_EVERY_MS = 60_000;
/** How long the chain may say nothing. */
const EMPTY_DIGEST_MS = 3_600_000;

export interface ClockworkParts {
  ctx: ServiceContext;
  trails: Trails;
  spool: Spool;
  recording: Recording;
  delivery: Delivery;
}

export class Clockwork {
  readonly #parts: ClockworkParts;
  readonly #timer: NodeJS.Timeout;
  /** Since when something waits, by trail; of the process's own clock. */
  readonly #logsSince = new Map<string, number>();
  readonly #digestSince = new Map<string, number>();
  /** One after the other. */
  #work: Promise<void> = Promise.resolve();
  #isBusy = false;
  #isFailing = false;

  constructor(parts: ClockworkParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  /** Keeps what was recorded so far. */
  flush(): Promise<void> {
    return this.#enqueue(() => this.#parts.recording.flush());
  }

  /** Delivers all that there is, now. */
  deliver(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#parts.recording.flush();
      for (const trail of this.#parts.trails.list()) {
        await this.#parts.delivery.deliverLogs(trail);
        if (trail.isValidated) await this.#parts.delivery.deliverDigest(trail);
      }
    });
  }

  /** Stops, and keeps what was recorded; it is delivered after the next start. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #tick(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#enqueue(() => this.#due())
      .then(() => {
        this.#isFailing = false;
      })
      .catch((error: unknown) => this.#tell(error))
      .finally(() => {
        this.#isBusy = false;
      });
  }

  async #due(): Promise<void> {
    const { recording, trails } = this.#parts;
    if (!recording.isIdle) await recording.flush();
    const failures: unknown[] = [];
    for (const trail of trails.list()) {
      // A trail whose bucket is gone holds no other up.
      await this.#dueLogs(trail)
        .then(() => this.#dueDigest(trail))
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #dueLogs(trail: Trail): Promise<void> {
    const { spool, delivery } = this.#parts;
    if (spool.isEmpty(trail.name)) return void this.#logsSince.delete(trail.name);
    if (waited(this.#logsSince, trail.name) < LOGS_EVERY_MS) return;
    this.#logsSince.delete(trail.name);
    await delivery.deliverLogs(trail);
  }

  async #dueDigest(trail: Trail): Promise<void> {
    const { ctx, delivery } = this.#parts;
    if (!trail.isValidated) return;
    const isQuiet = !delivery.hasUndigested(trail);
    if (isQuiet) this.#digestSince.delete(trail.name);
    const isDue = isQuiet
      ? trail.isLogging && ctx.clock() - delivery.digestedTo(trail) >= EMPTY_DIGEST_MS
      : // The first log file of a trail has its digest at once: what is there can be verified from then on.
        delivery.isUndigested(trail) || waited(this.#digestSince, trail.name) >= DIGEST_EVERY_MS;
    if (!isDue) return;
    this.#digestSince.delete(trail.name);
    await delivery.deliverDigest(trail);
  }

  /** A disk that stays full would say so each second. */
  #tell(error: unknown): void {
    if (!this.#isFailing) this.#parts.ctx.log.error('the trail cannot be written', errorFields(error));
    this.#isFailing = true;
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

function waited(since: Map<string, number>, name: string): number {
  const now = performance.now();
  const start = since.get(name) ?? now;
  since.set(name, start);
  return now - start;
}
