/**
 * Brings what is in the outbox to the targets of the rules that it matches.
 *
 * An event leaves the outbox only when every target has it, or will never have it: after a stop it is delivered again,
 * and the names of executions make sure that nothing starts twice. What a target refuses for good (no permission, no
 * such target) is logged and dropped, as EventBridge does without a dead-letter queue; other failures are tried again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields } from '../../log.ts';
import { AwsError } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Outbox, PendingEvent } from '../../state/outbox.ts';
import type { BusEvent } from './event.ts';
import type { Rule, Rules, Target } from './rules.ts';
import { deliver } from './target-delivery.ts';

export interface DeliveryOptions {
  ctx: ServiceContext;
  rules: Rules;
  outbox: Outbox<BusEvent>;
}

/** How many events are under way at once. */
const CONCURRENCY_MAX = 32;
const RETRY_MS = { first: 200, most: 60_000 };
/** What holds where a target has no RetryPolicy. */
const RETRIES = { attempts: 185, ageSeconds: 86_400 };

export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #stopListening: () => void;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#stopListening = options.outbox.onAppend(() => this.#pump());
  }

  /** Goes on with what was in the outbox when the lake stopped. */
  resume(): void {
    this.#pump();
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#closing.abort();
    await Promise.all(this.#underWay.values());
  }

  #pump(): void {
    if (this.#closing.signal.aborted) return;
    // Those under way are still in the outbox, before the new ones.
    for (const pending of this.#options.outbox.pending(2 * CONCURRENCY_MAX)) {
      const [id] = pending.key;
      if (this.#underWay.has(id)) continue;
      if (this.#underWay.size >= CONCURRENCY_MAX) return;
      this.#underWay.set(id, this.#handle(pending));
    }
  }

  async #handle({ key, event }: PendingEvent<BusEvent>): Promise<void> {
    const { ctx, rules, outbox } = this.#options;
    const [id] = key;
    try {
      const targets = rules.matching(event).flatMap((rule) => rule.targets.map((target) => ({ rule, target })));
      await Promise.all(targets.map(({ rule, target }) => this.#deliverTo(event, rule, target)));
      await ctx.state.commit(() => outbox.remove([key]));
      this.#underWay.delete(id);
      this.#pump();
    } catch (error) {
      this.#underWay.delete(id);
      if (this.#closing.signal.aborted) return;
      ctx.log.error('an event waits, as it could not be taken from the outbox', {
        event: event.id,
        ...errorFields(error),
      });
      setTimeout(() => this.#pump(), RETRY_MS.first).unref();
    }
  }

  /** Resolves when the target has the event or never will; rejects only when the lake closes. */
  async #deliverTo(event: BusEvent, rule: Rule, target: Target): Promise<void> {
    const { ctx } = this.#options;
    const { MaximumRetryAttempts: retries = RETRIES.attempts, MaximumEventAgeInSeconds: age = RETRIES.ageSeconds } =
      target.RetryPolicy ?? {};
    const about = { event: event.id, rule: rule.name, target: target.Arn };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await deliver(ctx, event, rule, target);
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        const isTooOld = ctx.clock() - Date.parse(event.time) > age * 1000;
        if (isFinal(error) || attempt >= retries || isTooOld) {
          ctx.log.warn('an event could not be delivered, and is dropped', { ...about, ...errorFields(error) });
          return;
        }
        ctx.log.warn('an event could not be delivered yet', { ...about, attempt, ...errorFields(error) });
        await sleep(Math.min(RETRY_MS.first * 2 ** attempt, RETRY_MS.most), undefined, {
          signal: this.#closing.signal,
        });
      }
    }
  }
}

/** What the same request will meet again. */
function isFinal(error: unknown): boolean {
  return error instanceof AwsError && error.status < 500 && !/Throttl|TooManyRequests/.test(error.code);
}
