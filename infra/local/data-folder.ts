/**
 * The folder that one lake owns while it runs.
 *
 * Ownership is a file lock of the operating system, held through SQLite since Node has no call for it: it ends with the
 * process, however that ends, so a killed lake leaves nothing to clean up and two lakes never share a folder.
 */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';
import { makeDurableFolder } from './state/durable-folder.ts';

const SQLITE_BUSY = 5;

export class DataFolder {
  readonly path: string;
  readonly #lock: DatabaseSync;

  private constructor(path: string, lock: DatabaseSync) {
    this.path = path;
    this.#lock = lock;
  }

  /** Makes the folder if need be, and takes it. Throws a sentence that names the process which has it already. */
  static take(path: string): DataFolder {
    makeFolder(path);
    closeToOthers(path);
    const owner = join(path, 'owner');
    const lock = new DatabaseSync(join(path, 'lock'), { timeout: 0 });
    try {
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (cause) {
      lock.close();
      if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
      throw new StartError(
        `The data folder ${path} is in use by ${readOwner(owner)}. Stop it, or set LACUSTRE_DATA to another folder.`,
        cause,
      );
    }
    writeFileSync(owner, String(process.pid));
    return new DataFolder(path, lock);
  }

  /** The path of a folder inside, made if need be. */
  folder(name: string): string {
    const path = join(this.path, name);
    makeFolder(path);
    return path;
  }

  release(): void {
    if (this.#lock.isOpen) this.#lock.close();
  }
}

function makeFolder(path: string): void {
  try {
    makeDurableFolder(path);
  } catch (cause) {
    throw new StartError(
      `The data folder ${path} cannot be made: ${(cause as Error).message}. Set LACUSTRE_DATA to a folder that may be written.`,
      cause,
    );
  }
}

/** What others may not enter they may not read, whatever the modes of what is inside. One of another user is left as it is. */
function closeToOthers(path: string): void {
  const { mode, uid } = statSync(path);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(path, 0o700);
}

function readOwner(path: string): string {
  try {
    return `process ${readFileSync(path, 'utf8')}`;
  } catch {
    return 'another process';
  }
}
