/**
 * Makes things happen by the clock, each due time once.
 *
 * What is kept of a schedule is the last time that it was due, in the same commit as what happened then, so neither a
 * kill nor a restart repeats it. Times that passed while the lake was not running count as one: the last of them.
 * A clock that is put back a little finds its times done already; one that is put back far begins anew, since a lake
 * that once believed to be in the next year would otherwise do nothing for a year.
 */
import { errorFields } from '../log.ts';
import type { Log } from '../service.ts';
import type { State } from '../state/state.ts';
import type { Schedule } from './schedule.ts';
import { parseSchedule } from './schedule-expression.ts';

const LOOK_EVERY_MS = 1000;
const PUT_BACK_MAX_MS = 10 * 60_000;

export interface SchedulerOptions {
  state: State;
  clock: () => number;
  log: Log;
  /** Whose schedules these are. */
  owner: string;
  /** Called inside a commit with the time that was due. If it throws, this time is passed over. */
  fire(id: string, time: number): void;
}

interface Scheduled {
  expression: string;
  /** The last time that was due or, before that, when the schedule was made. */
  since: number;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #scheduled;
  readonly #parsed = new Map<string, Schedule>();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#scheduled = options.state.table<Scheduled>('schedules');
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  static async start(options: SchedulerOptions): Promise<Scheduler> {
    return new Scheduler(options);
  }

  /** Inside a commit. The same expression again changes nothing, so that it goes on counting. */
  set(id: string, expression: string): void {
    parseSchedule(expression);
    if (this.#scheduled.get(this.#key(id))?.expression === expression) return;
    this.#scheduled.put(this.#key(id), { expression, since: this.#options.clock() });
  }

  /** Inside a commit. */
  remove(id: string): void {
    this.#scheduled.remove(this.#key(id));
  }

  /** Does what is due now; resolves when that is durable. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookAtAll());
    return this.#looking;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    for (const { key, value } of [...this.#scheduled.under([this.#options.owner])]) {
      if (this.#closed) return;
      await this.#lookAt(String(key[1]), value);
    }
  }

  async #lookAt(id: string, { expression, since }: Scheduled): Promise<void> {
    const { clock, log, owner } = this.#options;
    const now = clock();
    try {
      if (since > now + PUT_BACK_MAX_MS) await this.#pass(id, expression, now);
      else {
        const time = this.#schedule(expression).last(since, now);
        if (time !== undefined) await this.#fire(id, expression, time);
      }
    } catch (error) {
      log.error('a schedule could not be kept', { owner, id, expression, ...errorFields(error) });
    }
  }

  async #fire(id: string, expression: string, time: number): Promise<void> {
    const { state, fire, log, owner } = this.#options;
    try {
      await state.commit(() => {
        if (!this.#isStill(id, expression)) return;
        this.#scheduled.put(this.#key(id), { expression, since: time });
        fire(id, time);
      });
    } catch (error) {
      const at = new Date(time).toISOString();
      log.error('what was due could not be done, and is passed over', { owner, id, at, ...errorFields(error) });
      await this.#pass(id, expression, time);
    }
  }

  async #pass(id: string, expression: string, since: number): Promise<void> {
    await this.#options.state.commit(() => {
      if (this.#isStill(id, expression)) this.#scheduled.put(this.#key(id), { expression, since });
    });
  }

  /** It may have been changed since it was read. */
  #isStill(id: string, expression: string): boolean {
    return this.#scheduled.get(this.#key(id))?.expression === expression;
  }

  #schedule(expression: string): Schedule {
    const known = this.#parsed.get(expression);
    if (known) return known;
    const schedule = parseSchedule(expression);
    this.#parsed.set(expression, schedule);
    return schedule;
  }

  #key(id: string): [string, string] {
    return [this.#options.owner, id];
  }
}
