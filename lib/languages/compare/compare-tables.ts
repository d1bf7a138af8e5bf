/**
 * Compares the rows of two files without holding them: the first pass keeps sixteen bytes of each row, and the second
 * reads again the few rows that are shown. Values are compared as tables would hold them: without the space around them,
 * nothing and an empty text alike, and by what they mean where both versions agree on the kind.
 */
import { headerKey } from '../file-format/header-key.ts';
import { canonicalValue } from './canonical-value.ts';
import { type ColumnPair, describeColumns, pairColumns } from './compare-columns.ts';
import {
  type Cell,
  CompareError,
  compareMaxRows,
  compareMaxSamples,
  type KeyChoice,
  type Row,
  type RowSample,
  type Side,
  type TableComparison,
} from './comparison.ts';
import { HashList } from './hash-list.ts';
import { type PairedRows, pairRows } from './pair-rows.ts';
import { RowHash } from './row-hash.ts';
import type { RowSource } from './row-source.ts';
import { RowTable } from './row-table.ts';
import { suggestKeys } from './suggest-keys.ts';

export interface CompareTablesOptions {
  /** Columns that a person picked. */
  chosenKey?: readonly string[] | undefined;
  /** Columns that the contract names. */
  contractKey?: readonly string[] | undefined;
  seed: number;
  maxRows?: number;
}

/** Rows at the start of each version that a key is suggested from. */
const rowsTried = 5_000;

export async function compareTables(
  from: RowSource,
  to: RowSource,
  options: CompareTablesOptions,
): Promise<TableComparison> {
  const pairs = pairColumns(from.columns, to.columns);
  const compared = pairs.filter((pair) => pair.from >= 0 && pair.to >= 0);
  if (compared.length === 0) return compareNothing(from, to, pairs, options);
  for await (const { columns, reason } of candidateKeys(from, to, pairs, options)) {
    const hashed = {
      from: await hashRows(from, 'from', columns, compared, options),
      to: await hashRows(to, 'to', columns, compared, options),
    };
    const duplicates = { from: duplicatesOf(hashed.from), to: duplicatesOf(hashed.to) };
    // It was unique only among the first rows: the next candidate may be so throughout.
    if (reason === 'unique' && duplicates.from + duplicates.to > 0) continue;
    const paired = pairRows(hashed.from, hashed.to, compareMaxSamples);
    const isWhole = reason === 'none';
    const key: KeyChoice = {
      columns: isWhole ? [] : columns.map(({ name }) => name),
      reason,
      duplicates: isWhole ? { from: 0, to: 0 } : duplicates,
    };
    return {
      type: 'table',
      columns: describeColumns(pairs, from.columns, to.columns, isWhole ? [] : columns),
      key,
      rows: { from: hashed.from.length, to: hashed.to.length, ...countsOf(paired) },
      samples: await readSamples(from, to, pairs, paired),
    };
  }
  throw new Error('the last candidate is always taken');
}

interface Candidate {
  columns: ColumnPair[];
  reason: KeyChoice['reason'];
}

async function* candidateKeys(
  from: RowSource,
  to: RowSource,
  pairs: ColumnPair[],
  { chosenKey, contractKey }: CompareTablesOptions,
): AsyncGenerator<Candidate> {
  const common = pairs.filter((pair) => pair.from >= 0 && pair.to >= 0);
  if (chosenKey?.length) {
    const columns = chosenKey.map((name) => {
      const found = common.find((pair) => headerKey(pair.name) === headerKey(name));
      if (!found) throw new CompareError({ code: 'key-unknown', column: name });
      return found;
    });
    yield { columns, reason: 'chosen' };
    return;
  }
  const named = (contractKey ?? []).map((name) => common.find((pair) => headerKey(pair.name) === headerKey(name)));
  if (named.length > 0 && named.every((pair) => pair !== undefined)) yield { columns: named, reason: 'contract' };
  for (const columns of suggestKeys(common, await firstRows(from), await firstRows(to))) {
    yield { columns, reason: 'unique' };
  }
  yield { columns: common, reason: 'none' };
}

async function firstRows(source: RowSource): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of source.read()) {
    rows.push(...batch.slice(0, rowsTried - rows.length));
    if (rows.length >= rowsTried) break;
  }
  return rows;
}

async function hashRows(
  source: RowSource,
  side: Side,
  key: readonly ColumnPair[],
  columns: readonly ColumnPair[],
  { seed, maxRows = compareMaxRows }: CompareTablesOptions,
): Promise<HashList> {
  const list = new HashList();
  const [keyHash, valueHash] = [new RowHash(seed), new RowHash(~seed)];
  for await (const batch of source.read()) {
    if (list.length + batch.length > maxRows) throw new CompareError({ code: 'too-many-rows', side, limit: maxRows });
    for (const row of batch) {
      hashCells(keyHash, row, side, key);
      hashCells(valueHash, row, side, columns);
      list.add(keyHash.high, keyHash.low, valueHash.high, valueHash.low);
    }
  }
  return list;
}

function hashCells(hash: RowHash, row: Row, side: Side, columns: readonly ColumnPair[]): void {
  hash.start();
  for (const column of columns) {
    const cell = row[column[side]] ?? null;
    hash.add(cell === null ? null : canonicalValue(cell, column.kind));
  }
  hash.end();
}

const duplicatesOf = (rows: HashList): number => rows.length - new RowTable(rows, false).distinct;

const countsOf = ({ unchanged, added, removed, changed }: PairedRows) => ({ unchanged, added, removed, changed });

async function readSamples(
  from: RowSource,
  to: RowSource,
  pairs: readonly ColumnPair[],
  { addedRows, removedRows, changedRows }: PairedRows,
): Promise<TableComparison['samples']> {
  const fromRows = await readRows(from, [...removedRows, ...changedRows.map((row) => row.from)]);
  const toRows = await readRows(to, [...addedRows, ...changedRows.map((row) => row.to)]);
  const fromCells = (row: number) => cellsOf(fromRows.get(row), pairs, 'from');
  const toCells = (row: number) => cellsOf(toRows.get(row), pairs, 'to');
  return {
    added: addedRows.map((row) => ({ row: row + 1, to: toCells(row) })),
    removed: removedRows.map((row) => ({ row: row + 1, from: fromCells(row) })),
    changed: changedRows.map((row): RowSample => {
      const [before, after] = [fromCells(row.from), toCells(row.to)];
      return { row: row.to + 1, from: before, to: after, changed: changedColumns(before, after, pairs) };
    }),
  };
}

function changedColumns(before: Row, after: Row, pairs: readonly ColumnPair[]): number[] {
  const meaning = (cell: Cell | undefined, pair: ColumnPair) => (cell == null ? null : canonicalValue(cell, pair.kind));
  return pairs.flatMap((pair, index) => {
    const isCompared = pair.from >= 0 && pair.to >= 0;
    return isCompared && meaning(before[index], pair) !== meaning(after[index], pair) ? [index] : [];
  });
}

function cellsOf(row: Row | undefined, pairs: readonly ColumnPair[], side: Side): Cell[] {
  return pairs.map((pair) => (pair[side] < 0 ? null : (row?.[pair[side]] ?? null)));
}

/** Reads the file again, as far as the last of these rows. */
async function readRows(source: RowSource, wanted: readonly number[]): Promise<Map<number, Row>> {
  const rows = new Map<number, Row>();
  const ordered = [...new Set(wanted)].sort((one, other) => one - other);
  if (ordered.length === 0) return rows;
  let start = 0;
  let next = 0;
  for await (const batch of source.read()) {
    for (; next < ordered.length && (ordered[next] ?? 0) < start + batch.length; next++) {
      const row = ordered[next] ?? 0;
      rows.set(row, batch[row - start] as Row);
    }
    if (next >= ordered.length) break;
    start += batch.length;
  }
  return rows;
}

/** Two versions without a column in common: every row of the one is gone, and every row of the other is new. */
async function compareNothing(
  from: RowSource,
  to: RowSource,
  pairs: ColumnPair[],
  options: CompareTablesOptions,
): Promise<TableComparison> {
  const counts = {
    from: (await hashRows(from, 'from', [], [], options)).length,
    to: (await hashRows(to, 'to', [], [], options)).length,
  };
  const first = (count: number) => Array.from({ length: Math.min(count, compareMaxSamples) }, (_, row) => row);
  const paired: PairedRows = {
    unchanged: 0,
    changed: 0,
    added: counts.to,
    removed: counts.from,
    addedRows: first(counts.to),
    removedRows: first(counts.from),
    changedRows: [],
  };
  return {
    type: 'table',
    columns: describeColumns(pairs, from.columns, to.columns, []),
    key: { columns: [], reason: 'none', duplicates: { from: 0, to: 0 } },
    rows: { ...counts, ...countsOf(paired) },
    samples: await readSamples(from, to, pairs, paired),
  };
}
