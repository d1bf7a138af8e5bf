import type { ChildSettings } from './child-message.ts';
import { isPlain } from './run-query.ts';
import { Session, TRINO_SETTINGS } from './session.ts';
import type { Task } from './task.ts';

/** A database for one task, and what to do with it when the task is over. */
export interface Lease {
  session: Session;
  /** `isSound` after a task that succeeded. */
  end: (isSound: boolean) => void;
}

/**
 * The databases of a child. A task that reads files has a fresh one for itself, opened in advance. Those that read none
 * take turns in one that is locked to nothing but the folder of results: it costs more to open a database than to run
 * `SELECT 1`, and a SELECT without tables leaves nothing behind.
 */
export class Sessions {
  readonly #settings: ChildSettings;
  #next: Promise<Session> | undefined;
  #plain: Promise<Session> | undefined;

  constructor(settings: ChildSettings) {
    this.#settings = settings;
  }

  /** Opens the next fresh database, if there is none. */
  prepare(): Promise<Session> {
    this.#next ??= Session.open(this.#settings);
    // Who takes it sees the error.
    this.#next.catch(() => {});
    return this.#next;
  }

  async take(task: Task): Promise<Lease> {
    if (!canShare(task)) {
      const session = await this.#takeNext();
      return { session, end: () => setImmediate(() => session.close()) };
    }
    this.#plain ??= this.#openPlain();
    this.#plain.catch(() => this.#forgetPlain());
    const session = await this.#plain;
    return { session, end: (isSound) => isSound || this.#forgetPlain(session) };
  }

  #takeNext(): Promise<Session> {
    const session = this.prepare();
    this.#next = undefined;
    return session;
  }

  async #openPlain(): Promise<Session> {
    const session = await this.#takeNext();
    await session.lock({ files: [], outputFolder: this.#settings.resultFolder, settings: TRINO_SETTINGS });
    return session;
  }

  /** What a failure leaves is not looked into. */
  #forgetPlain(session?: Session): void {
    this.#plain = undefined;
    setImmediate(() => session?.close());
  }
}

function canShare(task: Task): boolean {
  return task.type === 'prune' || (task.type === 'query' && isPlain(task));
}
