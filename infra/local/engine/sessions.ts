import type { ChildSettings } from './child-message.ts';
import { quoteName, Session, TRINO_SETTINGS } from './session.ts';
import type { Task } from './task.ts';

/** Then a shared database gives way to a fresh one, whatever may have gathered in it. */
const MAX_TASKS = 500;

/** A database for one task, and what to do with it when the task is over: `isSound` if it succeeded. */
export interface Lease {
  session: Session;
  end: (isSound: boolean) => void;
}

/**
 * The databases of a child. Queries take turns in a shared one, which is locked to the child's own folder: to open a
 * database takes as long as to run a small query, and one that is warm has the footers of its files. A query leaves
 * views, which are dropped. Other tasks have a fresh database for themselves, opened in advance.
 */
export class Sessions {
  readonly #settings: ChildSettings;
  #next: Promise<Session> | undefined;
  #shared: Promise<Session> | undefined;
  #sharedTasks = 0;
  #cleaned = Promise.resolve();

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

  async takeShared(task: Task): Promise<Lease> {
    await this.#cleaned;
    this.#shared ??= this.#openShared();
    this.#shared.catch(() => this.#forget());
    const session = await this.#shared;
    this.#sharedTasks += 1;
    return {
      session,
      end: (isSound) => {
        // What a failure leaves is not looked into.
        if (!isSound || this.#sharedTasks >= MAX_TASKS) this.#forget(session);
        else this.#cleaned = dropViews(task, session).catch(() => this.#forget(session));
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

async function dropViews(task: Task, { connection }: Session): Promise<void> {
  const schemas = task.type === 'query' ? new Set(task.tables.map(({ schema }) => schema)) : [];
  for (const schema of schemas) await connection.run(`DROP SCHEMA ${quoteName(schema)} CASCADE`);
}
