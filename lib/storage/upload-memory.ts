import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';
import type { UploadRef } from './schemas';

/** A file that was to be sent from this browser and is not there yet. */
export interface RememberedUpload {
  id: string;
  /** Whose it is: others may use this browser too. */
  person: string;
  dataset: string;
  /** Below the dataset's folder. */
  path: string;
  name: string;
  sizeBytes: number;
  lastModified: number;
  /** Milliseconds since the epoch. */
  addedAt: number;
  /** What S3 knows it by, once it has begun. */
  begun?: UploadRef & { partSizeBytes: number };
  /** Leads back to the file on disk, where the browser gives such handles. */
  handle?: FileSystemFileHandle;
}

export interface UploadMemory {
  list(person: string): Promise<RememberedUpload[]>;
  keep(record: RememberedUpload): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
}

let store: UseStore | undefined;
const opened = () => {
  store ??= createStore('lacustre-uploads', 'files');
  return store;
};

/**
 * Uploads remembered in IndexedDB, which unlike localStorage can keep file handles. A browser that refuses (private
 * windows of some) remembers nothing: sending works all the same, and S3 still lists what was begun.
 */
export const browserMemory: UploadMemory = {
  async list(person) {
    const all = await entries<string, RememberedUpload>(opened()).catch(() => []);
    return all.map(([, record]) => record).filter((record) => record.person === person);
  },
  async keep(record) {
    await set(record.id, record, opened()).catch(() => {
      // Most likely the handle: not every one can be cloned.
      const { handle: _, ...plain } = record;
      return set(record.id, plain, opened()).catch(() => undefined);
    });
  },
  async forget(ids) {
    await delMany([...ids], opened()).catch(() => undefined);
  },
};
