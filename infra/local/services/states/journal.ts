/**
 * The journal of one execution: its history, which is also all that is kept of where it stands.
 *
 * An execution is a tree of branches (the root, one for each branch of Parallel, one for each item of Map), each a
 * sequence of events. The interpreter asks its branch for every event. After a restart the branch first gives back what
 * was recorded, in order, so the interpreter comes to the very place where it was; from there on events are new.
 *
 * New events are kept in memory until `flush`, which must come before every effect: what the world may have seen is
 * always in the journal. Transitions between two effects thus share one commit.
 */
import { setImmediate as nextTick } from 'node:timers/promises';
import type { EventDetails, HistoryEvent } from './history-event.ts';

export interface Entry {
  event: HistoryEvent;
  branch: string;
  /** Of an event that ends a state: where it went, `null` where the branch ended. */
  next?: string | null;
}

export interface JournalOptions {
  /** What was recorded before, in order; empty for a new execution. */
  entries: Entry[];
  /** Resolves when the entries are durable. */
  commit: (entries: Entry[]) => Promise<void>;
  clock: () => number;
}

/** AWS's quota, past which an execution fails: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const EVENTS_MAX = 25_000;

/** Not to hold a long run without effects in memory, nor the process. */
const PENDING_MAX = 500;

export class Journal {
  readonly #options: JournalOptions;
  readonly #recorded = new Map<string, Entry[]>();
  #pending: Entry[] = [];
  #flushed: Promise<void> = Promise.resolve();
  #lastId: number;
  #isReplaying: boolean;

  constructor(options: JournalOptions) {
    this.#options = options;
    for (const entry of options.entries) {
      const branch = this.#recorded.get(entry.branch);
      if (branch) branch.push(entry);
      else this.#recorded.set(entry.branch, [entry]);
    }
    this.#lastId = options.entries.at(-1)?.event.id ?? 0;
    this.#isReplaying = options.entries.length > 0;
  }

  /** The id of the newest event of any branch. */
  get lastId(): number {
    return this.#lastId;
  }

  get isFull(): boolean {
    return this.#lastId >= EVENTS_MAX;
  }

  /** `after` is the id of the event that the branch begins at. */
  branch(id: string, after: number): Branch {
    return new Branch(this, id, after, this.#recorded.get(id) ?? []);
  }

  append(
    branch: string,
    previousEventId: number,
    type: string,
    details: EventDetails,
    next?: string | null,
  ): HistoryEvent {
    this.#lastId += 1;
    const event = { id: this.#lastId, previousEventId, timestamp: this.#options.clock(), type, ...details };
    this.#pending.push(next === undefined ? { event, branch } : { event, branch, next });
    return event;
  }

  /** Resolves when every event so far is durable. */
  async flush(): Promise<void> {
    if (this.#isReplaying) {
      // Let every branch come to its recorded end first: one of them may have failed, and stops the others.
      await nextTick();
      this.#isReplaying = false;
    }
    if (this.#pending.length > 0) {
      const entries = this.#pending;
      this.#pending = [];
      this.#flushed = Promise.all([this.#flushed, this.#options.commit(entries)]).then(() => undefined);
    }
    return this.#flushed;
  }

  /** Flushes when much has gathered; for transitions, which are no effects themselves. */
  async breathe(): Promise<void> {
    if (this.#pending.length >= PENDING_MAX) await this.flush();
  }

  /** The events that are not yet durable, given up to whoever commits them together with the end of the execution. */
  takePending(): Entry[] {
    return this.#pending.splice(0);
  }
}

export class Branch {
  readonly journal: Journal;
  readonly #id: string;
  readonly #recorded: Entry[];
  #position = 0;
  #last: { id: number; timestamp: number };

  constructor(journal: Journal, id: string, after: number, recorded: Entry[]) {
    this.journal = journal;
    this.#id = id;
    this.#recorded = recorded;
    this.#last = { id: after, timestamp: 0 };
  }

  get id(): string {
    return this.#id;
  }

  /** When the newest event of this branch was. */
  get lastTimestamp(): number {
    return this.#last.timestamp;
  }

  get hasRecorded(): boolean {
    return this.#position < this.#recorded.length;
  }

  /** The next recorded event, if it is of one of these types. */
  take(...types: string[]): HistoryEvent | undefined {
    const entry = this.#recorded[this.#position];
    if (!entry || !types.includes(entry.event.type)) return undefined;
    this.#position += 1;
    this.#last = entry.event;
    return entry.event;
  }

  /** The event that ended the state which the branch is in, if it was recorded; all before it is passed over. */
  takeExit(): (Entry & { next: string | null }) | undefined {
    const index = this.#recorded.findIndex((entry, i) => i >= this.#position && entry.next !== undefined);
    const entry = this.#recorded[index];
    if (!entry) return undefined;
    this.#position = index + 1;
    this.#last = entry.event;
    return { ...entry, next: entry.next ?? null };
  }

  append(type: string, details: EventDetails = {}, next?: string | null): HistoryEvent {
    const expected = this.#recorded[this.#position];
    if (expected) {
      throw new Error(
        `the recorded history goes on with ${expected.event.type} (event ${expected.event.id}), not with ${type}`,
      );
    }
    const event = this.journal.append(this.#id, this.#last.id, type, details, next);
    this.#last = event;
    return event;
  }

  takeOrAppend(type: string, details: EventDetails = {}): HistoryEvent {
    return this.take(type) ?? this.append(type, details);
  }

  /** Goes on after the newest event of all branches: where the branches of Parallel or Map join. */
  join(): void {
    if (!this.hasRecorded) this.#last = { id: this.journal.lastId, timestamp: this.#last.timestamp };
  }
}
