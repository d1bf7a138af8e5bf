import fs from 'node:fs';
import { dirname } from 'node:path';

// The real ones, whatever is put in their place later.
const real = { ...fs };

/** What must be synced for a change to outlast a power cut: an inode (its bytes), or a folder (its names). */
type Scope = string;

interface Change {
  scope: Scope;
  undo: () => void;
}

/**
 * Everything that was done to files and not yet synced, and how to undo it.
 *
 * Stricter than most file systems: bytes are safe once their file was synced, a name once its folder was. POSIX
 * promises no more, and ext4's kindness to new files is not everybody's.
 */
export class Unsynced {
  #changes: Change[] = [];
  readonly #graveyard: string;
  #graves = 0;

  constructor(graveyard: string) {
    this.#graveyard = graveyard;
  }

  /** `size` bytes from `position` on are about to be overwritten, or cut off. */
  overwrites(fd: number, position: number, size: number): void {
    const before = real.fstatSync(fd);
    const old = Buffer.alloc(Math.max(0, Math.min(size, before.size - position)));
    if (old.length > 0) real.readSync(fd, old, 0, old.length, position);
    this.#add(inodeOf(fd), () => {
      real.ftruncateSync(fd, before.size);
      if (old.length > 0) real.writeSync(fd, old, 0, old.length, position);
    });
  }

  /** `path` is a new name. */
  names(path: string): void {
    this.#add(dirname(path), () => real.rmSync(path, { recursive: true, force: true }));
  }

  /** `path` is about to go, with all that is in it. */
  removes(path: string): void {
    const isFolder = real.statSync(path).isDirectory();
    // Undone in reverse: the folder comes back before what was in it.
    if (isFolder) for (const name of real.readdirSync(path)) this.removes(`${path}/${name}`);
    const grave = `${this.#graveyard}/${++this.#graves}`;
    if (!isFolder) real.linkSync(path, grave);
    this.#add(dirname(path), () => {
      if (isFolder) real.mkdirSync(path, { recursive: true });
      else if (real.existsSync(dirname(path))) real.linkSync(grave, path);
    });
  }

  /** A sync begins; what it returns is called when it is done. Changes made meanwhile are not part of it. */
  sync(scope: Scope): () => void {
    const synced = new Set(this.#changes.filter((change) => change.scope === scope));
    return () => {
      this.#changes = this.#changes.filter((change) => !synced.has(change));
    };
  }

  /** Takes what a power cut takes; `survives` says which changes had reached the disk by luck. */
  cut(survives: () => boolean): void {
    for (const { undo } of this.#changes.toReversed()) {
      if (survives()) continue;
      try {
        undo();
      } catch (error) {
        // A name that came back while its neighbour did not: the folder that it was in is gone, or it is there.
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EEXIST' && code !== 'ENOENT') throw error;
      }
    }
  }

  #add(scope: Scope, undo: () => void): void {
    this.#changes.push({ scope, undo });
  }
}

export const inodeOf = (fd: number): Scope => `inode ${real.fstatSync(fd).ino}`;
