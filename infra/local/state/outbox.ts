/**
 * Events that wait for delivery, kept in the same commit as the change that caused them.
 *
 * A writer appends inside `State.commit`; the drainer reads `pending()`, delivers, and removes in a commit of its own
 * (which may record the delivery too). An event is there if and only if its change is, so a kill loses none; delivery
 * is at least once, as EventBridge promises.
 */
import type { State, Table } from './state.ts';

export interface PendingEvent<E> {
  key: [number];
  event: E;
}

export class Outbox<E = unknown> {
  readonly #state: State;
  readonly #events: Table<E>;
  readonly #listeners = new Set<() => void>();
  #isWanted: (event: E) => boolean = () => true;
  #next: number;

  constructor(state: State, name = 'outbox') {
    this.#state = state;
    this.#events = state.table<E>(name);
    let last = 0;
    for (const { key } of this.#events.range({ reverse: true, limit: 1 })) last = key[0] as number;
    this.#next = last + 1;
  }

  /** From now on, an event that nobody wants is not kept: it would be written, synced and removed for nothing. */
  keepOnly(isWanted: (event: E) => boolean): void {
    this.#isWanted = isWanted;
  }

  /** Inside a commit: keeps `event`. Listeners are called once it is durable. */
  append(event: E): void {
    if (!this.#isWanted(event)) return;
    this.#events.put([this.#next++], event);
    this.#state.afterCommit(() => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** Calls `listener` whenever `pending` has something new. Returns the way to stop that. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Durable events, oldest first. */
  *pending(limit?: number): Iterable<PendingEvent<E>> {
    for (const { key, value } of this.#events.range({ limit })) yield { key: key as [number], event: value };
  }

  /** Inside a commit: forgets delivered events. */
  remove(keys: Iterable<[number]>): void {
    for (const key of keys) this.#events.remove(key);
  }
}
