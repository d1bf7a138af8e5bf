import type { KeptContract } from '@/lib/catalog/schemas';
import { reportFrom } from '@/lib/fetch-json';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import { MultipartUpload, type UploadTransport } from '@/lib/storage/multipart-upload';
import { DATASET_NAME, pathInDataset, suggestDatasets } from '@/lib/storage/object-key';
import { type Phase, phaseOf, type UploadItem } from './upload-item';

/** What the desk needs of the world; tests bring their own. */
export interface UploadEffects {
  inspect: (file: File, dataset: string, contract: Contract | undefined) => Promise<Inspection>;
  findContract: (dataset: string) => Promise<KeptContract | null>;
  keepContract: (dataset: string, contract: Contract) => Promise<KeptContract>;
  transport: (item: UploadItem) => UploadTransport;
  findRun: (key: string, versionId: string) => Promise<string | undefined>;
  newId: () => string;
  sleep: (ms: number) => Promise<void>;
}

const FILES_AT_ONCE = 2;
const RUN_POLL_MS = { first: 250, most: 2_000, patience: 120_000 };

/** The files on the desk and what happens to them; React reads `items` and is told of every change. */
export class UploadStore {
  items: readonly UploadItem[] = [];
  readonly #known: readonly string[];
  readonly #effects: UploadEffects;
  readonly #uploads = new Map<string, MultipartUpload>();
  readonly #contracts = new Map<string, Promise<KeptContract | null>>();
  readonly #listeners = new Set<() => void>();

  constructor(known: readonly string[], effects: UploadEffects) {
    this.#known = known;
    this.#effects = effects;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = () => this.items;

  add(files: readonly { file: File; path: string }[]): void {
    const datasets = suggestDatasets(
      files.map(({ path }) => path),
      this.#known,
    );
    const added = files.map(({ file, path }, index) => ({
      id: this.#effects.newId(),
      file,
      dataset: datasets[index] ?? '',
      path: pathInDataset(path),
      isConfirmed: false,
      isQueued: false,
    }));
    this.#set([...this.items, ...added]);
    for (const item of added) void this.#look(item.id);
  }

  async remove(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    this.#set(this.items.filter((item) => item.id !== id));
    this.#sendNext();
    await upload?.cancel();
  }

  clearSent(): void {
    this.#set(this.items.filter((item) => this.phase(item) !== 'sent'));
  }

  setDataset(id: string, dataset: string): void {
    this.#change(id, { dataset, inspection: undefined, kept: undefined, trouble: undefined, isConfirmed: false });
    void this.#look(id);
  }

  phase(item: UploadItem): Phase {
    return phaseOf(item, (name) => DATASET_NAME.test(name));
  }

  /** Sends a file whatever was found in it: the person has seen it. */
  confirm(id: string): void {
    this.#change(id, { isConfirmed: true });
    this.send([id]);
  }

  /** Keeps the contract that was drafted from this file, holds the dataset's other files to it, and sends this one. */
  async keepAndSend(id: string): Promise<void> {
    const item = this.#find(id);
    const contract = item?.inspection?.contract;
    if (!item || !contract) return;
    try {
      const kept = await this.#effects.keepContract(item.dataset, contract);
      this.#contracts.set(item.dataset, Promise.resolve(kept));
    } catch (error) {
      return this.#change(id, { trouble: reportFrom(error) });
    }
    this.confirm(id);
    const others = this.items.filter((each) => each.dataset === item.dataset && this.phase(each) === 'unconfirmed');
    for (const other of others) void this.#look(other.id);
  }

  sendReady(): void {
    this.send(this.items.filter((item) => this.phase(item) === 'ready').map((item) => item.id));
  }

  send(ids: readonly string[]): void {
    this.#set(this.items.map((item) => (ids.includes(item.id) ? { ...item, isQueued: true } : item)));
    this.#sendNext();
  }

  pause(id: string): void {
    this.#uploads.get(id)?.pause();
    this.#sendNext();
  }

  /** Goes on after a pause, or tries again after a failure. */
  resume(id: string): void {
    void this.#run(id);
  }

  pauseAll(): void {
    for (const item of this.items) if (this.phase(item) === 'sending') this.#uploads.get(item.id)?.pause();
  }

  resumeAll(): void {
    for (const item of this.items) if (this.phase(item) === 'paused') this.resume(item.id);
  }

  #sendNext(): void {
    const sending = this.items.filter((item) => this.phase(item) === 'sending').length;
    const next = this.items
      .filter((item) => this.phase(item) === 'queued')
      .slice(0, Math.max(0, FILES_AT_ONCE - sending));
    for (const item of next) void this.#run(item.id);
  }

  async #run(id: string): Promise<void> {
    const item = this.#find(id);
    if (!item) return;
    const upload = this.#uploads.get(id) ?? this.#begin(item);
    await upload.send();
    this.#sendNext();
    const { status, key, versionId } = upload.snapshot;
    if (status === 'sent' && key && versionId) await this.#followRun(id, key, versionId);
  }

  #begin(item: UploadItem): MultipartUpload {
    const upload = new MultipartUpload({
      file: item.file,
      transport: this.#effects.transport(item),
      onChange: (snapshot) => this.#change(item.id, { upload: snapshot, isQueued: false }),
    });
    this.#uploads.set(item.id, upload);
    return upload;
  }

  async #followRun(id: string, key: string, versionId: string): Promise<void> {
    let waited = 0;
    for (let wait = RUN_POLL_MS.first; waited < RUN_POLL_MS.patience; wait = Math.min(RUN_POLL_MS.most, wait * 1.2)) {
      // A console that does not answer just now is asked again: the file is safe either way.
      const runId = await this.#effects.findRun(key, versionId).catch(() => undefined);
      if (runId) return this.#change(id, { runId });
      await this.#effects.sleep(wait);
      waited += wait;
    }
  }

  async #look(id: string): Promise<void> {
    const item = this.#find(id);
    if (!item || !DATASET_NAME.test(item.dataset)) return;
    const { dataset } = item;
    const isStale = () => this.#find(id)?.dataset !== dataset;
    try {
      const kept = await this.#contract(dataset);
      const inspection = await this.#effects.inspect(item.file, dataset, kept?.contract);
      if (!isStale()) this.#change(id, { inspection, kept });
    } catch (error) {
      this.#contracts.delete(dataset);
      if (!isStale()) this.#change(id, { trouble: reportFrom(error) });
    }
  }

  #contract(dataset: string): Promise<KeptContract | null> {
    const asked = this.#contracts.get(dataset) ?? this.#effects.findContract(dataset);
    this.#contracts.set(dataset, asked);
    return asked;
  }

  #find(id: string): UploadItem | undefined {
    return this.items.find((item) => item.id === id);
  }

  #change(id: string, change: Partial<UploadItem>): void {
    this.#set(this.items.map((item) => (item.id === id ? { ...item, ...change } : item)));
  }

  #set(items: readonly UploadItem[]): void {
    this.items = items;
    for (const listener of this.#listeners) listener();
  }
}
