import type { KeptContract } from '@/lib/catalog/schemas';
import { reportFrom } from '@/lib/fetch-json';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import { pathInDataset, suggestDatasets } from '@/lib/storage/object-key';
import type { RememberedUpload } from '@/lib/storage/upload-memory';
import type { DroppedFile } from './dropped-files';
import { type FollowEffects, RunFollower } from './run-follower';
import { type Phase, phaseOf, type UploadItem } from './upload-item';
import { UploadItems } from './upload-items';
import { type LookEffects, UploadLooks } from './upload-looks';
import { type SendEffects, UploadSender } from './upload-sender';
import { type TwinEffects, UploadTwins } from './upload-twins';

/** What the desk needs of the world; tests bring their own. */
export interface UploadEffects extends LookEffects, TwinEffects, SendEffects, FollowEffects {
  keepContract: (dataset: string, contract: Contract) => Promise<KeptContract>;
  newId: () => string;
  now: () => number;
}

/** The files on the desk and what a person does with them; React reads `snapshot` and is told of every change. */
export class UploadStore {
  readonly #known: readonly string[];
  readonly #effects: UploadEffects;
  readonly #items: UploadItems;
  readonly #looks: UploadLooks;
  readonly #twins: UploadTwins;
  readonly #sender: UploadSender;

  constructor(known: readonly string[], effects: UploadEffects) {
    this.#known = known;
    this.#effects = effects;
    this.#items = new UploadItems(effects.schedule);
    this.#looks = new UploadLooks(this.#items, effects);
    this.#twins = new UploadTwins(this.#items, effects);
    const runs = new RunFollower(effects, (id, runId) => this.#items.change(id, { runId }));
    this.#sender = new UploadSender(this.#items, effects, (id, key, versionId) => runs.follow(id, key, versionId));
  }

  get subscribe() {
    return this.#items.subscribe;
  }
  get snapshot() {
    return this.#items.snapshot;
  }

  add(files: readonly DroppedFile[]): void {
    const datasets = suggestDatasets(
      files.map(({ path }) => path),
      this.#known,
    );
    const added = files.map(({ path, ...file }, index) => ({
      ...this.#newItem(),
      ...file,
      dataset: datasets[index] ?? '',
      path: pathInDataset(path),
    }));
    this.#items.add(added);
    this.#lookInto(added.map((item) => item.id));
  }

  /** Takes up what was to be sent before; what a person had decided then need not be decided again. */
  takeUp({ id, dataset, path, begun, addedAt }: RememberedUpload, file: File, handle?: FileSystemFileHandle): void {
    if (this.#items.find(id)) return;
    this.#items.add([{ ...this.#newItem(), id, file, handle, dataset, path, begun, addedAt, twin: null }]);
    this.#sender.send([id]);
  }

  /** Puts back on the desk what may have arrived since: that is for a person to see first. */
  putBack({ id, dataset, path, addedAt }: RememberedUpload, file: File, handle?: FileSystemFileHandle): void {
    if (this.#items.find(id)) return;
    this.#items.add([{ ...this.#newItem(), id, file, handle, dataset, path, addedAt }]);
    this.#lookInto([id]);
  }

  remove(...ids: string[]): Promise<void> {
    const removed = this.#sender.remove(ids);
    const orphans = this.#items.all.filter((item) => item.twin?.id && ids.includes(item.twin.id));
    void this.#twins.compare(orphans);
    return removed;
  }

  clearSent(): void {
    this.#items.remove(this.#inPhase('sent'));
  }

  /** Puts files in a dataset: they are held to its contract from now on. */
  setDataset(dataset: string, ...ids: string[]): void {
    for (const id of ids) {
      const unseen = { inspection: undefined, first: undefined, kept: undefined, trouble: undefined, twin: undefined };
      this.#items.change(id, { ...unseen, dataset, isConfirmed: false, isTwinAccepted: false });
    }
    this.#lookInto(ids);
  }

  /** Sends a file whatever was found in it: the person has seen it. */
  confirm(id: string): void {
    this.#items.change(id, { isConfirmed: true });
    this.#sender.send([id]);
  }

  /** Sends a file that is there already – once what else there is to decide is decided. */
  acceptTwin(id: string): void {
    this.#items.change(id, { isTwinAccepted: true });
    if (this.#inPhase('ready').includes(id)) this.#sender.send([id]);
  }

  /** Keeps the contract that was drafted from this file, holds the dataset's other files to it, and sends this one. */
  async keepAndSend(id: string): Promise<void> {
    const item = this.#items.find(id);
    const contract = item?.inspection?.contract;
    if (!item || !contract) return;
    try {
      this.#looks.kept(item.dataset, await this.#effects.keepContract(item.dataset, contract));
    } catch (error) {
      return this.#items.change(id, { trouble: reportFrom(error) });
    }
    this.confirm(id);
    const others = this.#items.all.filter((each) => each.dataset === item.dataset && phaseOf(each) === 'unconfirmed');
    for (const other of others) void this.#looks.look(other.id);
  }

  sendReady(): void {
    this.#sender.send(this.#inPhase('ready'));
  }

  /** Sends files, or goes on after a pause, or tries again after a failure. */
  send(...ids: string[]): void {
    this.#sender.send(ids);
  }

  pause(id: string): void {
    this.#sender.pause(id);
  }

  pauseAll(): void {
    // Those that wait first: a place that becomes free is theirs.
    for (const id of [...this.#inPhase('queued'), ...this.#inPhase('sending')]) this.#sender.pause(id);
  }

  resumeAll(): void {
    this.#sender.send([...this.#inPhase('paused'), ...this.#inPhase('failed')]);
  }

  cancelAll(): Promise<void> {
    return this.remove(...this.#inPhase('queued', 'sending', 'paused', 'failed'));
  }

  skipTwins(): Promise<void> {
    return this.remove(...this.#inPhase('twin'));
  }

  resumeAfterOutage(): void {
    this.#sender.resumeAfterOutage();
  }

  #lookInto(ids: readonly string[]): void {
    for (const id of ids) void this.#looks.look(id);
    void this.#twins.compare(ids.map((id) => this.#items.find(id)).filter((item) => item !== undefined));
  }

  #inPhase(...phases: Phase[]): string[] {
    return this.#items.all.filter((item) => phases.includes(phaseOf(item))).map((item) => item.id);
  }

  #newItem(): Omit<UploadItem, 'file' | 'dataset' | 'path'> {
    return {
      id: this.#effects.newId(),
      addedAt: this.#effects.now(),
      isTwinAccepted: false,
      isConfirmed: false,
      isQueued: false,
    };
  }
}
