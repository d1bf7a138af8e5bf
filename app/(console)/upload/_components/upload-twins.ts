import { DATASET_NAME, objectKey } from '@/lib/storage/object-key';
import type { SameSized } from '@/lib/storage/schemas';
import type { Twin, UploadItem } from './upload-item';
import type { UploadItems } from './upload-items';

type Algorithm = SameSized['checksum']['algorithm'];

export interface TwinEffects {
  findSameSized: (dataset: string, sizes: number[]) => Promise<SameSized[]>;
  /** Of a whole file; base64, as S3 writes it. */
  checksum: (algorithm: Algorithm, file: File) => Promise<string>;
}

const SIZES_MAX = 1000;

/**
 * Finds files that need not be sent, since their bytes are there: on the desk, or in the dataset. Only files of equal
 * size are read. What cannot be found out is not said.
 */
export class UploadTwins {
  readonly #items: UploadItems;
  readonly #effects: TwinEffects;
  readonly #sums = new WeakMap<File, Map<Algorithm, Promise<string>>>();

  constructor(items: UploadItems, effects: TwinEffects) {
    this.#items = items;
    this.#effects = effects;
  }

  /** Compares files; each dataset is asked once for all of them. */
  async compare(items: readonly UploadItem[]): Promise<void> {
    const byDataset = Map.groupBy(items, (item) => item.dataset);
    await Promise.all([...byDataset].map(([dataset, some]) => this.#compareWith(dataset, some)));
  }

  async #compareWith(dataset: string, items: readonly UploadItem[]): Promise<void> {
    if (!DATASET_NAME.test(dataset)) return;
    const there = await this.#sameSized(dataset, items);
    const dropped = Map.groupBy(this.#items.all, (item) => item.file.size);
    for (const item of items) {
      const twin = await this.#twinOf(item, there.get(item.file.size) ?? [], dropped.get(item.file.size) ?? []);
      if (this.#items.find(item.id)?.dataset === dataset) this.#items.change(item.id, { twin });
    }
  }

  async #sameSized(dataset: string, items: readonly UploadItem[]): Promise<Map<number, SameSized[]>> {
    const sizes = [...new Set(items.map((item) => item.file.size))].filter((size) => size > 0).slice(0, SIZES_MAX);
    const found = sizes.length > 0 ? await this.#effects.findSameSized(dataset, sizes).catch(() => []) : [];
    return Map.groupBy(found, (file) => file.sizeBytes);
  }

  async #twinOf(item: UploadItem, there: SameSized[], dropped: UploadItem[]): Promise<Twin | null> {
    if (item.file.size === 0) return null;
    try {
      const own = objectKey(item.dataset, item.path);
      // The file's own key first: that one tells the most.
      for (const file of there.toSorted((a, b) => Number(b.key === own) - Number(a.key === own))) {
        if ((await this.#sum(file.checksum.algorithm, item.file)) !== file.checksum.value) continue;
        return { kind: file.key === own ? 'version' : 'file', name: file.key };
      }
      // The first of several alike is the one to send.
      for (const other of dropped.slice(
        0,
        dropped.findIndex((each) => each.id === item.id),
      )) {
        if (!this.#items.find(other.id)) continue;
        const [a, b] = [await this.#sum('CRC64NVME', item.file), await this.#sum('CRC64NVME', other.file)];
        if (a === b) return { kind: 'dropped', name: objectKey(other.dataset, other.path), id: other.id };
      }
    } catch {
      // It cannot be read: whoever looks into it says so.
    }
    return null;
  }

  #sum(algorithm: Algorithm, file: File): Promise<string> {
    const sums = this.#sums.get(file) ?? new Map<Algorithm, Promise<string>>();
    const sum = sums.get(algorithm) ?? this.#effects.checksum(algorithm, file);
    this.#sums.set(file, sums.set(algorithm, sum));
    return sum;
  }
}
