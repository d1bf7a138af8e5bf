import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';

/**
 * Up to here bytes lie in the State, in the commit of the version that has them: one sync makes both safe, and many
 * writers share it. Above it a file of their own costs less than copying them into the State and out of it.
 */
export const SMALL_BYTES_MAX = 64 << 10;

const MARK = '=';

/** The blob's name says where its bytes are. */
export const smallBlobId = (id: string): string => MARK + id;

export const isSmallBlob = (id: string): boolean => id.startsWith(MARK);

/**
 * Copies of small blobs as files, for engines that read by path. They are made when somebody asks for the path, and
 * are gone with the blob or at the next start; nothing relies on them, so they are never synced.
 */
export class SmallBlobFiles {
  readonly #folder: string;
  readonly #bytesOf: (id: string) => Uint8Array | undefined;
  readonly #made = new Set<string>();

  private constructor(folder: string, bytesOf: (id: string) => Uint8Array | undefined) {
    this.#folder = folder;
    this.#bytesOf = bytesOf;
  }

  static async start(folder: string, bytesOf: (id: string) => Uint8Array | undefined): Promise<SmallBlobFiles> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new SmallBlobFiles(folder, bytesOf);
  }

  /** A path to the blob's bytes, as long as the blob is there or was when its path was asked for first. */
  path(id: string): string {
    const path = `${this.#folder}/${id.slice(MARK.length)}`;
    const bytes = this.#made.has(id) ? undefined : this.#bytesOf(id);
    if (bytes) {
      writeFile(path, bytes);
      this.#made.add(id);
    }
    return path;
  }

  /** Removes the copy, if there is one. */
  async discard(id: string): Promise<void> {
    if (this.#made.delete(id)) await rm(`${this.#folder}/${id.slice(MARK.length)}`, { force: true });
  }
}

function writeFile(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, done);
  } finally {
    closeSync(file);
  }
}
