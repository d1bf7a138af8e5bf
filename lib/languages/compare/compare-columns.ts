import { headerKey } from '../file-format/header-key.ts';
import { kindOf } from './canonical-value.ts';
import type { ComparedColumn, ValueKind } from './comparison.ts';
import type { SourceColumn } from './row-source.ts';

/** A column of the comparison, and where each side has it; -1 where it does not. */
export interface ColumnPair {
  name: string;
  from: number;
  to: number;
  kind: ValueKind;
}

/** Finds the columns that both versions have – order, case and white space of names do not matter, as in the contract. */
export function pairColumns(from: readonly SourceColumn[], to: readonly SourceColumn[]): ColumnPair[] {
  const fromByKey = new Map(from.map((column, index) => [headerKey(column.name), index]));
  const pairs = to.map((column, index): ColumnPair => {
    const at = fromByKey.get(headerKey(column.name)) ?? -1;
    const kind = at < 0 ? 'text' : kindOf(from[at]?.type ?? '', column.type);
    return { name: column.name, from: at, to: index, kind };
  });
  const kept = new Set(pairs.map((pair) => pair.from));
  const removed = from.flatMap((column, index): ColumnPair[] =>
    kept.has(index) ? [] : [{ name: column.name, from: index, to: -1, kind: 'text' }],
  );
  return [...pairs, ...removed];
}

/** Says what became of each column. */
export function describeColumns(
  pairs: readonly ColumnPair[],
  from: readonly SourceColumn[],
  to: readonly SourceColumn[],
  key: readonly ColumnPair[],
): ComparedColumn[] {
  const moved = movedColumns(pairs);
  return pairs.map((pair) => {
    const [before, after] = [from[pair.from], to[pair.to]];
    return {
      name: pair.name,
      change: !before ? 'added' : !after ? 'removed' : before.type === after.type ? 'same' : 'retyped',
      isMoved: moved.has(pair),
      isKey: key.includes(pair),
      ...(before ? { fromType: before.type } : {}),
      ...(after ? { toType: after.type } : {}),
      ...(before && after && before.name !== after.name ? { formerName: before.name } : {}),
    };
  });
}

/** The fewest columns that had to move: those outside of the longest run that kept its order. */
function movedColumns(pairs: readonly ColumnPair[]): Set<ColumnPair> {
  const common = pairs.filter(({ from, to }) => from >= 0 && to >= 0);
  const lengths: number[] = [];
  const before: number[] = [];
  common.forEach((pair, index) => {
    lengths[index] = 1;
    before[index] = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      const follows = (common[earlier]?.from ?? 0) < pair.from;
      const length = (lengths[earlier] ?? 0) + 1;
      if (!follows || length <= (lengths[index] ?? 0)) continue;
      lengths[index] = length;
      before[index] = earlier;
    }
  });
  const moved = new Set(common);
  let at = lengths.indexOf(Math.max(...lengths));
  while (at >= 0) {
    moved.delete(common[at] as ColumnPair);
    at = before[at] ?? -1;
  }
  return moved;
}
