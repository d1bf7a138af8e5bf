import { objectKey } from '@/lib/storage/object-key';
import { issueOf, phaseOf, type UploadItem } from './upload-item';

/**
 * The files on the desk in order. A change costs the same however many there are; whoever looks on is told once for
 * all that changed meanwhile, at most once a frame.
 */
export class UploadItems {
  readonly #items = new Map<string, UploadItem>();
  readonly #listeners = new Set<() => void>();
  readonly #schedule: (publish: () => void) => void;
  #published: readonly UploadItem[] = [];
  #isScheduled = false;

  constructor(schedule: (publish: () => void) => void) {
    this.#schedule = schedule;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = () => this.#published;

  get all(): UploadItem[] {
    return [...this.#items.values()];
  }

  find(id: string): UploadItem | undefined {
    return this.#items.get(id);
  }

  add(items: readonly UploadItem[]): void {
    for (const item of items) this.#items.set(item.id, item);
    this.#markSameKeys();
    this.#changed();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#items.delete(id);
    this.#markSameKeys();
    this.#changed();
  }

  change(id: string, change: Partial<UploadItem>): void {
    const item = this.#items.get(id);
    if (!item) return;
    this.#items.set(id, { ...item, ...change });
    if (change.dataset !== undefined) this.#markSameKeys();
    this.#changed();
  }

  /** Of two files with one key the later would be a new version of the earlier: that nobody means. */
  #markSameKeys(): void {
    const taken = new Set<string>();
    for (const item of this.#items.values()) {
      // What has arrived may be followed by a new version.
      if (phaseOf(item) === 'sent') continue;
      const key = objectKey(item.dataset, item.path);
      const issue =
        item.issue === 'unreadable' ? item.issue : (issueOf(item) ?? (taken.has(key) ? 'same-key' : undefined));
      taken.add(key);
      if (issue !== item.issue) this.#items.set(item.id, { ...item, issue });
    }
  }

  #changed(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      this.#published = this.all;
      for (const listener of this.#listeners) listener();
    });
  }
}
