/**
 * A disk that fails on purpose, for a process that is there to die.
 *
 * `FaultyDisk.install` puts itself between the process and `node:fs`. It counts what changes files below one folder:
 * names made, linked, renamed and removed, writes, cuts, syncs, and the commits of the State. At the k-th of them,
 * just before or just after, the process ends by SIGKILL; with `powerCut`, what was not synced is taken back first.
 * LMDB's own file is written past Node: `services/s3/faults/trace-syncs.ts` looks at that one from outside.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, resolve } from 'node:path';
import { State } from '../state/state.ts';
import { inodeOf, Unsynced } from './unsynced.ts';

export interface FaultPlan {
  /** Which step is the last one; without it the disk only counts. */
  step?: number;
  moment?: 'before' | 'after';
  /** `all`: nothing that was not synced outlasts it. A number: a seed for which of it does. */
  powerCut?: 'all' | number;
}

export interface Step {
  kind: 'create' | 'write' | 'truncate' | 'sync' | 'link' | 'rename' | 'remove' | 'commit';
  path: string;
  phase: 'begun' | 'done';
}

const real = { ...fs };
const promises = { ...fs.promises };
type AnyFunction = (...args: never[]) => unknown;

export class FaultyDisk {
  readonly journal: Step[] = [];
  readonly #folder: string;
  readonly #plan: FaultPlan;
  readonly #unsynced: Unsynced;
  /** Files that are open for writing, by descriptor; `undoFd` outlives the handle. */
  readonly #writable = new Map<number, { path: string; undoFd: number }>();
  #steps = 0;

  private constructor(folder: string, plan: FaultPlan) {
    this.#folder = folder;
    this.#plan = plan;
    const graveyard = `${folder}.graveyard`;
    real.mkdirSync(graveyard, { recursive: true });
    this.#unsynced = new Unsynced(graveyard);
  }

  static install(folder: string, plan: FaultPlan): FaultyDisk {
    const disk = new FaultyDisk(resolve(folder), plan);
    disk.#hookPromises();
    disk.#hookSync();
    disk.#hookState();
    disk.#refuseTheRest();
    syncBuiltinESMExports();
    return disk;
  }

  get steps(): number {
    return this.#steps;
  }

  /** A power cut now, at a moment when nothing is under way. */
  cutPower(): void {
    this.#unsynced.cut(() => false);
    process.kill(process.pid, 'SIGKILL');
  }

  /** One step: it may be the last, before it is done or after. `prepare` keeps what undoing it needs. */
  async #step<T>(kind: Step['kind'], path: string, work: () => Promise<T>, prepare?: () => void): Promise<T> {
    const end = this.#begin(kind, path);
    prepare?.();
    const result = await work();
    end();
    return result;
  }

  #begin(kind: Step['kind'], path: string): () => void {
    const number = ++this.#steps;
    this.journal.push({ kind, path, phase: 'begun' });
    const { step, moment } = this.#plan;
    if (number === step && moment === 'before') this.#die();
    return () => {
      this.journal.push({ kind, path, phase: 'done' });
      if (number === step && moment === 'after') this.#die();
    };
  }

  #die(): void {
    const { powerCut } = this.#plan;
    if (powerCut !== undefined) this.#unsynced.cut(powerCut === 'all' ? () => false : luck(powerCut));
    process.kill(process.pid, 'SIGKILL');
  }

  #isOurs(path: unknown): path is string {
    return typeof path === 'string' && resolve(path).startsWith(`${this.#folder}/`);
  }

  #hook<K extends keyof typeof fs.promises>(
    name: K,
    hooked: (...args: Parameters<(typeof fs.promises)[K] & AnyFunction>) => Promise<unknown> | undefined,
  ): void {
    const original = promises[name] as AnyFunction;
    Object.assign(fs.promises, { [name]: (...args: never[]) => hooked(...(args as never)) ?? original(...args) });
  }

  #hookPromises(): void {
    const unsynced = this.#unsynced;
    this.#hook('open', (path, flags) => (this.#isOurs(path) ? this.#open(path, flags ?? 'r') : undefined));
    this.#hook('link', (from, to) => {
      if (!this.#isOurs(to)) return undefined;
      return this.#step('link', to, async () => {
        await promises.link(from, to);
        unsynced.names(to);
      });
    });
    this.#hook('rename', (from, to) => {
      if (!this.#isOurs(from) || !this.#isOurs(to)) return undefined;
      return this.#step('rename', to, async () => {
        unsynced.removes(from);
        if (real.existsSync(to)) unsynced.removes(to);
        await promises.rename(from, to);
        unsynced.names(to);
      });
    });
    this.#hook('mkdir', (path, options) => {
      if (!this.#isOurs(path) || real.existsSync(path)) return undefined;
      return this.#step('create', path, async () => this.#namesFolder(path, () => promises.mkdir(path, options)));
    });
    this.#hook('writeFile', (path, data, options) => {
      if (!this.#isOurs(path)) return undefined;
      return this.#writeFile(path, () => promises.writeFile(path as string, data, options));
    });
    for (const name of ['rm', 'unlink', 'rmdir'] as const) {
      this.#hook(name, (path: fs.PathLike, options?: fs.RmOptions) => {
        if (!this.#isOurs(path) || !real.existsSync(path)) return undefined;
        const remove = promises[name] as typeof promises.rm;
        return this.#step(
          'remove',
          path,
          () => remove(path, options),
          () => unsynced.removes(path),
        );
      });
    }
  }

  async #open(path: string, flags: string | number): Promise<FileHandle> {
    const isNew = !real.existsSync(path);
    const open = () => promises.open(path, flags);
    const handle = isNew ? await this.#step('create', path, open) : await open();
    if (isNew) this.#unsynced.names(path);
    this.#hookHandle(handle, path, flags);
    return handle;
  }

  #hookHandle(handle: FileHandle, path: string, flags: string | number): void {
    const isFolder = real.fstatSync(handle.fd).isDirectory();
    const isReadOnly = flags === 'r' || flags === fs.constants.O_RDONLY;
    // Outlives the handle, since what was not synced may have to be undone when it is closed.
    const undoFd = isReadOnly ? handle.fd : real.openSync(path, 'r+');
    const { fd } = handle;
    if (!isReadOnly) this.#writable.set(fd, { path, undoFd });
    const { truncate, sync, datasync, close } = handle;
    const write = handle.write as (...args: [Buffer, number, number, number]) => Promise<unknown>;
    const synced = (call: () => Promise<void>) => () => {
      const done = this.#unsynced.sync(isFolder ? resolve(path) : inodeOf(handle.fd));
      return this.#step('sync', path, async () => {
        await call.call(handle);
        done();
      });
    };
    Object.assign(handle, {
      write: (buffer: Buffer, offset: number, length: number, position: number) =>
        this.#step(
          'write',
          path,
          () => write.call(handle, buffer, offset, length, position),
          () => this.#unsynced.overwrites(undoFd, position, length),
        ),
      truncate: (size = 0) =>
        this.#step(
          'truncate',
          path,
          () => truncate.call(handle, size),
          () => this.#unsynced.overwrites(undoFd, size, Number.MAX_SAFE_INTEGER),
        ),
      sync: synced(sync),
      datasync: synced(datasync),
      close: () => {
        this.#writable.delete(fd);
        return close.call(handle);
      },
      ...refused(['writev', 'writeFile', 'appendFile', 'createWriteStream'], path),
    });
  }

  async #writeFile(path: string, write: () => Promise<void>): Promise<void> {
    await this.#step('create', path, async () => {
      const isNew = !real.existsSync(path);
      const fd = real.openSync(path, 'a+');
      if (isNew) this.#unsynced.names(path);
      this.#unsynced.overwrites(fd, 0, Number.MAX_SAFE_INTEGER);
      await write();
    });
  }

  #namesFolder<T>(path: string, make: () => T): T {
    const missing: string[] = [];
    for (let at = resolve(path); !real.existsSync(at); at = dirname(at)) missing.unshift(at);
    const made = make();
    // Before it is made, where `make` only promises to: undoing what was not done yet does nothing.
    for (const each of missing) this.#unsynced.names(each);
    return made;
  }

  #hookSync(): void {
    const { mkdirSync, truncateSync, openSync, fsyncSync, writeSync } = real;
    const opened = new Map<number, string>();
    const hooked = {
      openSync: (path: fs.PathLike, flags?: fs.OpenMode, mode?: fs.Mode) => {
        const fd = openSync(path, flags ?? 'r', mode);
        opened.set(fd, resolve(String(path)));
        return fd;
      },
      writeSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number) => {
        const file = this.#writable.get(fd);
        if (!file) return writeSync(fd, bytes, offset, length, position);
        const end = this.#begin('write', file.path);
        this.#unsynced.overwrites(file.undoFd, position, length);
        const written = writeSync(fd, bytes, offset, length, position);
        end();
        return written;
      },
      fsyncSync: (fd: number) => {
        const path = opened.get(fd) ?? '';
        const isOurs = this.#isOurs(path) || path === this.#folder;
        const end = isOurs ? this.#begin('sync', path) : undefined;
        const done = this.#unsynced.sync(real.fstatSync(fd).isDirectory() ? path : inodeOf(fd));
        fsyncSync(fd);
        done();
        end?.();
      },
      mkdirSync: (path: fs.PathLike, options?: fs.MakeDirectoryOptions) => {
        if (!this.#isOurs(path) || real.existsSync(path)) return mkdirSync(path, options);
        const end = this.#begin('create', path);
        const made = this.#namesFolder(path, () => mkdirSync(path, options));
        end();
        return made;
      },
      truncateSync: (path: string, size = 0) => {
        if (!this.#isOurs(path)) return truncateSync(path, size);
        const end = this.#begin('truncate', path);
        this.#unsynced.overwrites(real.openSync(path, 'r+'), size, Number.MAX_SAFE_INTEGER);
        truncateSync(path, size);
        end();
      },
    };
    Object.assign(fs, hooked);
  }

  /** The State's file is made past Node; its name is as unsafe as any until its folder is synced. */
  #hookState(): void {
    const file = `${this.#folder}/lake.mdb`;
    const { open } = State;
    const { commit } = State.prototype;
    const step = <T>(work: () => Promise<T>) => this.#step('commit', file, work);
    const isNew = !real.existsSync(file);
    State.open = (folder) => {
      const state = open.call(State, folder);
      if (isNew) this.#unsynced.names(file);
      return state;
    };
    State.prototype.commit = function <T>(this: State, work: () => T): Promise<T> {
      return step(() => commit.call(this, work) as Promise<T>);
    };
  }

  /** Whoever writes by a way that is not counted here is told to count it, or the sweep would skip it silently. */
  #refuseTheRest(): void {
    const inFiles = `${this.#folder}/s3/`;
    const watch = (holder: object, names: string[]) => {
      for (const name of names) {
        const original = holder[name as keyof typeof holder] as AnyFunction;
        const guarded = (path: unknown, ...rest: unknown[]) => {
          if (typeof path === 'string' && resolve(path).startsWith(inFiles)) throw unknownWay(name, path);
          return original(...([path, ...rest] as never[]));
        };
        Object.assign(holder, { [name]: guarded });
      }
    };
    watch(fs.promises, ['appendFile', 'cp', 'symlink', 'truncate']);
    watch(fs, ['appendFile', 'createWriteStream', 'writeFile', 'writeFileSync', 'appendFileSync', 'renameSync']);
    // Not `unlink`: Node removes trees by it.
    watch(fs, ['rename', 'link', 'linkSync', 'rmSync', 'unlinkSync', 'truncate']);
  }
}

function refused(names: string[], path: string): Record<string, () => never> {
  const refuse = (name: string) => () => {
    throw unknownWay(name, path);
  };
  return Object.fromEntries(names.map((name) => [name, refuse(name)]));
}

const unknownWay = (name: string, path: string) =>
  new Error(`FaultyDisk does not know ${name} (${path}): teach it, so that the sweep of kills covers it.`);

/** Tosses coins, the same ones for the same seed. */
function luck(seed: number): () => boolean {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % 2 === 0;
  };
}
