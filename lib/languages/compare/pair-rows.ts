import type { HashList } from './hash-list.ts';
import { RowTable } from './row-table.ts';

export interface PairedRows {
  unchanged: number;
  added: number;
  removed: number;
  changed: number;
  /** The first of each class, in the order of the files. */
  addedRows: number[];
  removedRows: number[];
  changedRows: { from: number; to: number }[];
}

/**
 * Pairs the rows of two versions: those with equal key and values are unchanged; of the rest, those with equal key are
 * changed; what is left was added or removed. Rows that share a key are paired in the order of the files.
 */
export function pairRows(from: HashList, to: HashList, maxSamples: number): PairedRows {
  const isFromPaired = new Uint8Array(from.length);
  const isToPaired = new Uint8Array(to.length);
  const unchanged = pairUnchanged(from, to, isFromPaired, isToPaired);
  const byKey = new RowTable(from, false, (row) => !isFromPaired[row]);
  const paired: PairedRows = {
    unchanged,
    added: 0,
    removed: 0,
    changed: 0,
    addedRows: [],
    removedRows: [],
    changedRows: [],
  };
  for (let row = 0; row < to.length; row++) {
    if (isToPaired[row]) continue;
    const partner = byKey.take(to, row);
    if (partner < 0) {
      if (paired.added++ < maxSamples) paired.addedRows.push(row);
      continue;
    }
    isFromPaired[partner] = 1;
    if (paired.changed++ < maxSamples) paired.changedRows.push({ from: partner, to: row });
  }
  for (let row = 0; row < from.length; row++) {
    if (!isFromPaired[row] && paired.removed++ < maxSamples) paired.removedRows.push(row);
  }
  return paired;
}

function pairUnchanged(from: HashList, to: HashList, isFromPaired: Uint8Array, isToPaired: Uint8Array): number {
  const byAll = new RowTable(from, true);
  let unchanged = 0;
  for (let row = 0; row < to.length; row++) {
    const partner = byAll.take(to, row);
    if (partner < 0) continue;
    isFromPaired[partner] = 1;
    isToPaired[row] = 1;
    unchanged++;
  }
  return unchanged;
}
