import type { KeptContract } from '@/lib/catalog/schemas';
import { reportFrom } from '@/lib/fetch-json';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import type { FileLook } from '@/lib/storage/file-look';
import { DATASET_NAME } from '@/lib/storage/object-key';
import type { UploadItems } from './upload-items';

export interface LookEffects {
  look: (file: File, dataset: string, contract: Contract | undefined) => Promise<FileLook>;
  findContract: (dataset: string) => Promise<KeptContract | null>;
}

/** Looks into the files on the desk, each held to its dataset's contract; one dataset is asked for its contract once. */
export class UploadLooks {
  readonly #items: UploadItems;
  readonly #effects: LookEffects;
  readonly #contracts = new Map<string, Promise<KeptContract | null>>();

  constructor(items: UploadItems, effects: LookEffects) {
    this.#items = items;
    this.#effects = effects;
  }

  async look(id: string): Promise<void> {
    const item = this.#items.find(id);
    if (!item || !DATASET_NAME.test(item.dataset)) return;
    const { dataset } = item;
    const change: UploadItems['change'] = (of, what) => {
      if (this.#items.find(of)?.dataset === dataset) this.#items.change(of, what);
    };
    try {
      const kept = await this.#contract(dataset);
      const { inspection, first } = await this.#effects.look(item.file, dataset, kept?.contract);
      change(id, { inspection, first, kept });
    } catch (error) {
      if (isUnreadable(error)) return change(id, { issue: 'unreadable' });
      this.#contracts.delete(dataset);
      change(id, { trouble: reportFrom(error) });
    }
  }

  /** From now on the dataset's files are held to this one. */
  kept(dataset: string, contract: KeptContract): void {
    this.#contracts.set(dataset, Promise.resolve(contract));
  }

  #contract(dataset: string): Promise<KeptContract | null> {
    const asked = this.#contracts.get(dataset) ?? this.#effects.findContract(dataset);
    this.#contracts.set(dataset, asked);
    return asked;
  }
}

/** What browsers throw for a file that is gone, has changed, or may not be read. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && ['NotReadableError', 'NotFoundError', 'SecurityError'].includes(error.name);
}
