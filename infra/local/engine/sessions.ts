import type { ChildSettings } from './child-message.ts';
import { Session, TRINO_SETTINGS } from './session.ts';

/** Then a shared database gives way to a fresh one, whatever may have gathered in it. */
const MAX_TASKS = 500;

/** A database for one task, and what to do with it when the task is over: `isSound` if it succeeded. */
export interface Lease {
  session: Session;
  end: (isSound: boolean) => void;
}

/**
 * The databases of a child. Queries take turns in a shared one, which is locked to the child's own folder: to open a
 * database takes as long as to run a small query, and one that is warm has the footers of its files. The views of a
 * query serve the next one over the same tables, and are dropped before any other. Other tasks have a fresh database
 * for themselves, opened in advance.
 */
export class Sessions {
  readonly #settings: ChildSettings;
  #next: Promise<Session> | undefined;
  #shared: Promise<Session> | undefined;
  #sharedTasks = 0;

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

  async take(): Promise<Lease> {
    const next = this.prepare();
    this.#next = undefined;
    const session = await next;
    return { session, end: () => setImmediate(() => session.close()) };
  }

  async takeShared(): Promise<Lease> {
    this.#shared ??= this.#openShared();
    this.#shared.catch(() => this.#forget());
    const session = await this.#shared;
    this.#sharedTasks += 1;
    return {
      session,
      end: (isSound) => {
        // What a failure leaves is not looked into.
        if (!isSound || this.#sharedTasks >= MAX_TASKS) this.#forget(session);
      },
    };
  }

  async #openShared(): Promise<Session> {
    const { session } = await this.take();
    await session.lock({ files: [], outputFolder: this.#settings.ownFolder, settings: TRINO_SETTINGS });
    return session;
  }

  #forget(session?: Session): void {
    this.#shared = undefined;
    this.#sharedTasks = 0;
    setImmediate(() => session?.close());
  }
}
