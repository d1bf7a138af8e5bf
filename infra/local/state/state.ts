/**
 * The lake's durable store: ordered keys with atomic commits, on LMDB.
 *
 * Reads are synchronous and see the last commit. Writes happen only inside `commit`, which is atomic over all tables
 * and resolves when the data is on disk: whoever acknowledges after `await commit(…)` has not lied.
 * Many commits that are asked for at once share one fsync.
 */
import { type Database, type Key, open, type RootDatabase } from 'lmdb';
import { DecodedValues } from './decoded-values.ts';
import { makeDurableFolder, syncFolderNow } from './durable-folder.ts';

export type StateKey = (string | number | boolean)[];

export interface Range {
  /** First key, included. */
  start?: StateKey;
  /** Last key, excluded. */
  end?: StateKey;
  reverse?: boolean;
  limit?: number;
}

export interface TableOptions {
  /** For few small values that are read all the time: they are decoded once, and frozen. */
  isHot?: boolean;
  /** `binary` keeps bytes as they are. */
  encoding?: 'msgpack' | 'binary';
}

export class State {
  readonly #root: RootDatabase;
  readonly #tables = new Map<string, Table<unknown>>();
  /** The commit that runs now, as the calls to make once it is durable. Commits run one at a time, synchronously. */
  #running: (() => void)[] | undefined;

  private constructor(root: RootDatabase) {
    this.#root = root;
  }

  /** Opens (or makes) the store in `folder`. The caller holds the lock of the data folder. */
  static open(folder: string): State {
    makeDurableFolder(folder);
    // overlappingSync would let a commit resolve before its fsync.
    const root = open({
      path: `${folder}/lake.mdb`,
      maxDbs: 256,
      overlappingSync: false,
      // Batching by event turn makes promises that nobody can catch when a commit fails.
      eventTurnBatching: false,
      noSubdir: true,
      compression: false,
    });
    // LMDB syncs what is in its file, not the name of it.
    syncFolderNow(folder);
    return new State(root);
  }

  table<V>(name: string, { isHot = false, encoding = 'msgpack' }: TableOptions = {}): Table<V> {
    const known = this.#tables.get(name);
    if (known) return known as Table<V>;
    const db = this.#root.openDB<V, Key>({ name, encoding });
    const table = new Table<V>(db, () => this.#running !== undefined, isHot ? new DecodedValues<V>() : undefined);
    this.#tables.set(name, table as Table<unknown>);
    return table;
  }

  /**
   * Runs `work` (synchronous: reads, puts and removes on any table) in one transaction; resolves with its result once
   * that is on disk. If `work` throws, nothing of it is kept.
   */
  async commit<T>(work: () => T): Promise<T> {
    const afterwards: (() => void)[] = [];
    // A child transaction, since only those are undone when their callback throws.
    const committed = this.#root.childTransaction(() => {
      this.#running = afterwards;
      try {
        return work();
      } finally {
        this.#running = undefined;
      }
    });
    const result = await committed.catch(rethrowReason);
    for (const call of afterwards) call();
    return result as T;
  }

  /** Inside a commit: calls `call` when this commit is durable, and not at all if it is undone. */
  afterCommit(call: () => void): void {
    if (!this.#running) throw new Error('afterCommit belongs inside State.commit');
    this.#running.push(call);
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}

export class Table<V> {
  readonly #db: Database<V, Key>;
  readonly #writable: () => boolean;
  readonly #decoded: DecodedValues<V> | undefined;

  constructor(db: Database<V, Key>, writable: () => boolean, decoded?: DecodedValues<V>) {
    this.#db = db;
    this.#writable = writable;
    this.#decoded = decoded;
  }

  get(key: StateKey): V | undefined {
    return this.#decoded ? this.#decoded.get(this.#db, key) : this.#db.get(key);
  }

  /** Copies the bytes of a value into `target`, without a buffer of their own. Whether there are any. */
  copyBytes(key: StateKey, target: Buffer): boolean {
    const bytes = this.#db.getBinaryFast(key);
    bytes?.copy(target, 0, 0, bytes.length);
    return bytes !== undefined;
  }

  put(key: StateKey, value: V): void {
    this.#mustBeInCommit();
    void this.#db.put(key, value);
  }

  remove(key: StateKey): void {
    this.#mustBeInCommit();
    void this.#db.remove(key);
  }

  /** Entries in key order. Keys compare element by element; a key is before all longer keys that begin with it. */
  range(range: Range = {}): Iterable<{ key: StateKey; value: V }> {
    // LMDB hands a key of one element back without its array.
    return this.#db
      .getRange(range as never)
      .map(({ key, value }) => ({ key: (Array.isArray(key) ? key : [key]) as StateKey, value }));
  }

  /** Entries whose key begins with `prefix`. */
  under(prefix: StateKey, options: Omit<Range, 'start' | 'end'> = {}): Iterable<{ key: StateKey; value: V }> {
    const start = prefix;
    // Any string sorts below this one; elements of keys are strings, numbers or booleans.
    const end = [...prefix, '\u{10FFFF}'];
    return this.range(options.reverse ? { ...options, start: end, end: start } : { ...options, start, end });
  }

  #mustBeInCommit(): void {
    if (!this.#writable()) throw new Error('writes to the state belong inside State.commit');
  }
}

/** LMDB hides why a commit failed (a full disk, mostly) in a promise beside the error. */
async function rethrowReason(error: unknown): Promise<never> {
  if (!(error instanceof Error && 'commitError' in error)) throw error;
  const reason = await Promise.resolve(error.commitError).catch((cause: unknown) => cause);
  const message = reason instanceof Error ? reason.message : String(reason);
  const code = /no space left/i.test(message) ? 'ENOSPC' : undefined;
  throw Object.assign(new Error(`nothing of this commit was kept: ${message}`, { cause: reason }), { code });
}
