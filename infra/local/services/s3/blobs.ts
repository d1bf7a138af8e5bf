import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, mkdir, open, readdir, rm } from 'node:fs/promises';
import type { Log } from '../../service.ts';
import { makeDurableFolder } from '../../state/durable-folder.ts';
import { PreparedBlobs } from './prepared-blobs.ts';
import { isSmallBlob, SmallBlobFiles } from './small-blobs.ts';

interface BlobsOptions {
  folder: string;
  /** Whether some version in the index owns this blob. */
  isOwned: (id: string) => boolean;
  /** The bytes of a blob that lies in the State. */
  smallBlob: (id: string) => Uint8Array | undefined;
  /** Names for new blobs: hexadecimal, of equal length. */
  newId: () => string;
  log: Log;
}

/**
 * The files that hold objects' bytes: `<folder>/<first two characters>/<id>`, written once and never changed. Small
 * blobs have their bytes in the State; here they are only lent a file, for who reads by path.
 *
 * A blob is made before the commit that names it, and removed after the commit that forgets it, so a crash leaves at
 * worst a file that nobody owns. `sweep` finds those; `#making` keeps it off the files that are just being made.
 */
export class Blobs {
  readonly #options: BlobsOptions;
  readonly #prepared: PreparedBlobs;
  readonly #smallFiles: SmallBlobFiles;
  readonly #making = new Set<string>();
  readonly #holds = new Map<string, number>();
  readonly #doomed = new Set<string>();
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(options: BlobsOptions, smallFiles: SmallBlobFiles) {
    this.#options = options;
    this.#smallFiles = smallFiles;
    this.#prepared = new PreparedBlobs({
      newId: options.newId,
      folderOf: (id) => this.#folderOf(id),
      syncFolder,
      onMake: (id) => this.#making.add(id),
    });
  }

  static async start(options: BlobsOptions): Promise<Blobs> {
    const names = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
    makeDurableFolder(options.folder);
    await Promise.all(names.map((name) => mkdir(`${options.folder}/${name}`, { recursive: true })));
    await syncFolder(options.folder);
    const blobs = new Blobs(options, await SmallBlobFiles.start(`${options.folder}-small`, options.smallBlob));
    blobs.#sweeping = blobs.#sweep(names);
    return blobs;
  }

  path(id: string): string {
    if (isSmallBlob(id)) return this.#smallFiles.path(id);
    return `${this.#folderOf(id)}/${id}`;
  }

  /**
   * Makes a blob and what refers to it: `write` writes the bytes to the open file and syncs them, `publish` commits.
   * If either fails, no trace of the blob is left.
   */
  async write<F, T>(
    write: (handle: FileHandle) => Promise<F>,
    publish: (id: string, written: F) => Promise<T>,
  ): Promise<T> {
    const { id, handle } = await this.#prepared.take();
    return this.#makeOrRemove(id, async () => {
      let closed: Promise<void> | undefined;
      try {
        const written = await write(handle);
        // What is synced does not wait for its file to be closed.
        closed = handle.close();
        return await publish(id, written);
      } finally {
        await (closed ?? handle.close());
      }
    });
  }

  /** The same, where something else makes the file: `fill` makes it at the path, durable. */
  async make<F, T>(fill: (path: string) => Promise<F>, publish: (id: string, filled: F) => Promise<T>): Promise<T> {
    const id = this.#options.newId();
    return this.#makeOrRemove(id, async () => {
      const filled = await fill(this.path(id));
      await syncFolder(this.#folderOf(id));
      return publish(id, filled);
    });
  }

  async #makeOrRemove<T>(id: string, make: () => Promise<T>): Promise<T> {
    this.#making.add(id);
    try {
      return await make();
    } catch (error) {
      if (!this.#options.isOwned(id)) await rm(this.path(id), { force: true });
      throw error;
    } finally {
      this.#making.delete(id);
    }
  }

  /** Removes blobs that the index has forgotten, as soon as nobody holds them. */
  async discard(ids: string[]): Promise<void> {
    for (const id of ids) {
      if (this.#holds.has(id)) this.#doomed.add(id);
      else await this.#remove(id);
    }
  }

  /** Keeps blobs readable by path, even if their versions are deleted meanwhile, until the returned function is called. */
  hold(ids: string[]): () => void {
    for (const id of ids) {
      // Makes the file of a small blob, while its bytes are there.
      if (isSmallBlob(id)) this.path(id);
      this.#holds.set(id, (this.#holds.get(id) ?? 0) + 1);
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      for (const id of ids) this.#letGo(id);
    };
  }

  /** Resolves when the search for blobs that a crash left behind is over. */
  async swept(): Promise<void> {
    await this.#sweeping;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#sweeping;
    for (const id of await this.#prepared.close()) await this.#remove(id);
  }

  #folderOf(id: string): string {
    return `${this.#options.folder}/${id.slice(0, 2)}`;
  }

  #letGo(id: string): void {
    const others = (this.#holds.get(id) ?? 1) - 1;
    if (others > 0) {
      this.#holds.set(id, others);
      return;
    }
    this.#holds.delete(id);
    if (this.#doomed.delete(id)) void this.#remove(id);
  }

  /** A blob that cannot be removed now is unowned, and the sweep of the next start removes it. */
  async #remove(id: string): Promise<void> {
    const removal = isSmallBlob(id) ? this.#smallFiles.discard(id) : rm(this.path(id), { force: true });
    await removal.catch((error: unknown) =>
      this.#options.log.warn('a deleted blob stays on disk', { blob: id, error: String(error) }),
    );
  }

  async #sweep(names: string[]): Promise<void> {
    let removed = 0;
    for (const name of names) {
      for (const id of await readdir(`${this.#options.folder}/${name}`)) {
        if (this.#closed) return;
        if (this.#making.has(id) || this.#options.isOwned(id)) continue;
        await this.#remove(id);
        removed++;
      }
    }
    if (removed > 0) this.#options.log.info('removed blobs of unfinished requests', { removed });
  }
}

/** Makes the names in a folder durable, which syncing the files themselves does not promise. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A second name for the same immutable bytes, or a copy of them where the file system has no links. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await syncFile(to);
  }
}

export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
