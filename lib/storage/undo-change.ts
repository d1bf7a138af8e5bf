import { fetchJson } from '@/lib/fetch-json';
import type { Undo } from './change-schemas';
import { type BatchOptions, inBatches } from './in-batches';
import type { RestoredFile } from './schemas';
import { editableZones } from './zones';

/**
 * Undoes a change from the browser, in batches. What was taken away comes back first; only then, and only where it did
 * come back, does the copy go: cut off anywhere, a file is in two places rather than in none.
 */
export async function undoChange(id: string, options: BatchOptions<RestoredFile>): Promise<RestoredFile[]> {
  const undos = await fetchJson<Undo[]>(`/api/files/changes/${id}`, { signal: options.signal });
  const [plain, copies] = [undos.filter((undo) => !isOfMove(undo)), undos.filter(isOfMove)];
  const first = await restoreAll(id, plain, undos.length, 0, options);
  const stuck = new Set(first.filter(({ outcome }) => !isBack(outcome)).map(({ key }) => key));
  const free = copies.filter(({ movedFrom }) => movedFrom === undefined || !stuck.has(movedFrom));
  const held = copies.filter((copy) => !free.includes(copy)).map(({ key }) => ({ key, outcome: 'changed' }) as const);
  return [...first, ...held, ...(await restoreAll(id, free, undos.length, first.length, options))];
}

const isOfMove = ({ movedFrom }: Undo) => movedFrom !== undefined;
const isBack = (outcome: RestoredFile['outcome']) => outcome === 'restored' || outcome === 'unchanged';

async function restoreAll(
  undoes: string,
  undos: readonly Undo[],
  total: number,
  before: number,
  { signal, onProgress }: BatchOptions<RestoredFile>,
): Promise<RestoredFile[]> {
  const all: RestoredFile[] = [];
  for (const zone of editableZones) {
    const files = undos.filter((undo) => undo.zone === zone);
    const send = (batch: Undo[]) => {
      const wanted = batch.map(({ key, versionId, seen }) => ({ key, versionId, seen }));
      return fetchJson<RestoredFile[]>('/api/files/restore', { body: { zone, undoes, files: wanted } });
    };
    const done = before + all.length;
    const progress: BatchOptions<RestoredFile>['onProgress'] = (batch, results) =>
      onProgress?.({ done: done + batch.done, total }, results);
    all.push(...(await inBatches(files, send, { signal, onProgress: progress })));
  }
  return all;
}
