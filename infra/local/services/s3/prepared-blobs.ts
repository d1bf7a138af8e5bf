import { type FileHandle, open } from 'node:fs/promises';

/** An empty file, open for writing, whose name is on disk already. */
export interface PreparedBlob {
  id: string;
  handle: FileHandle;
}

interface PreparedBlobsOptions {
  newId: () => string;
  /** The two characters that name the folder are the id's first. */
  folderOf: (id: string) => string;
  syncFolder: (folder: string) => Promise<void>;
  /** Called before a file is made, so that nobody takes it for a left-over. */
  onMake: (id: string) => void;
}

// A lake that writes little keeps few empty files; one that writes much syncs a folder for every 64 objects.
const FEWEST = 4;
const MOST = 64;
const FOLDER_CHARACTERS = 2;

/**
 * Files for blobs, made ahead of the writes that will need them.
 *
 * A new file needs two syncs, its own and its folder's, and the second costs as much as the first. Here a batch of
 * files in one folder shares one sync, which nobody waits for while there is a file left.
 */
export class PreparedBlobs {
  readonly #options: PreparedBlobsOptions;
  #ready: PreparedBlob[] = [];
  #next = FEWEST;
  #making: Promise<void> | undefined;

  constructor(options: PreparedBlobsOptions) {
    this.#options = options;
  }

  async take(): Promise<PreparedBlob> {
    for (;;) {
      const blob = this.#ready.pop();
      if (this.#ready.length < this.#next / 4) this.#makeMore();
      if (blob) return blob;
      await this.#making;
    }
  }

  /** The files that nobody took, closed. */
  async close(): Promise<string[]> {
    await this.#making?.catch(() => undefined);
    const left = this.#ready;
    this.#ready = [];
    await Promise.all(left.map(({ handle }) => handle.close()));
    return left.map(({ id }) => id);
  }

  #makeMore(): void {
    this.#making ??= this.#make(this.#next).finally(() => {
      this.#making = undefined;
    });
    // Whoever waits for a file hears of the failure; to the others it is one only if they come to wait.
    this.#making.catch(() => undefined);
    this.#next = Math.min(MOST, this.#next * 2);
  }

  async #make(count: number): Promise<void> {
    const { newId, folderOf, syncFolder, onMake } = this.#options;
    const folder = newId().slice(0, FOLDER_CHARACTERS);
    const made: PreparedBlob[] = [];
    try {
      for (let n = 0; n < count; n += 1) {
        const id = folder + newId().slice(FOLDER_CHARACTERS);
        onMake(id);
        made.push({ id, handle: await open(`${folderOf(id)}/${id}`, 'wx') });
      }
      await syncFolder(folderOf(folder));
    } catch (error) {
      // Left to the sweep of the next start.
      await Promise.all(made.map(({ handle }) => handle.close()));
      throw error;
    }
    this.#ready.push(...made);
  }
}
