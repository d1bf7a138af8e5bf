import { canonicalValue } from './canonical-value.ts';
import type { ColumnPair } from './compare-columns.ts';
import type { Row } from './comparison.ts';

/** Columns beyond these are not tried together: their pairs and triples would be too many. */
const columnsTried = 12;
/** So many candidates are worth reading the files for. */
const candidatesMax = 3;

/**
 * Suggests columns that may tell rows apart, best first: in the rows at hand of both versions they are never empty and
 * never alike. One column is better than two; one that is named like a key is better than one that is not; amounts
 * and measures come last, as they differ by accident.
 */
export function suggestKeys(columns: readonly ColumnPair[], from: readonly Row[], to: readonly Row[]): ColumnPair[][] {
  const ranked = columns
    .filter((column) => column.from >= 0 && column.to >= 0)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, columnsTried);
  const filled = ranked.filter((column) => !hasEmpty(column, from, to));
  const singles = filled.map((column) => [column]).filter((key) => isUnique(key, from, to));
  if (singles.length > 0) return singles.slice(0, candidatesMax);
  const pairs = combinations(filled, 2).filter((key) => isUnique(key, from, to));
  if (pairs.length > 0) return pairs.slice(0, candidatesMax);
  return combinations(filled.slice(0, 8), 3)
    .filter((key) => isUnique(key, from, to))
    .slice(0, candidatesMax);
}

const keyName = /(^|_|-|\s)(id|key|code|uuid|guid|no|nr|number|sku|isbn|ean|ref|reference)$|^(id|key|code)(_|-|\s|$)/i;
const camelId = /[a-z]I[Dd]$/;

function rank({ name, kind }: ColumnPair): number {
  if (keyName.test(name) || camelId.test(name)) return 0;
  return kind === 'text' ? 1 : kind === 'time' ? 2 : 3;
}

function hasEmpty(column: ColumnPair, from: readonly Row[], to: readonly Row[]): boolean {
  return from.some((row) => row[column.from] == null) || to.some((row) => row[column.to] == null);
}

function isUnique(key: readonly ColumnPair[], from: readonly Row[], to: readonly Row[]): boolean {
  const isDistinct = (rows: readonly Row[], side: 'from' | 'to') => {
    const seen = new Set<string>();
    for (const row of rows) {
      const value = key.map((column) => canonicalValue(row[column[side]] ?? '', column.kind)).join('\u0000');
      if (seen.has(value)) return false;
      seen.add(value);
    }
    return true;
  };
  return isDistinct(from, 'from') && isDistinct(to, 'to');
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}
