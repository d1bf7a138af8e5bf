import { freshnessOf } from '@/lib/catalog/freshness';
import type { ListedDataset, TableScore } from '@/lib/catalog/schemas';
import type { DatasetsSearch, Sort } from '../search-params';

export type Scores = Readonly<Record<string, TableScore>>;

/** Of a table in `Scores`. */
export function scoreKey({ database, name }: Pick<ListedDataset, 'database' | 'name'>): string {
  return `${database}.${name}`;
}

interface SieveOptions {
  scores: Scores | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Returns what the search fits, in the order that it asks for. */
export function sieve(
  datasets: readonly ListedDataset[],
  search: DatasetsSearch,
  { scores, now }: SieveOptions,
): ListedDataset[] {
  const words = (search.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = datasets.filter((row) => {
    const text = words.length > 0 ? textOf(row) : '';
    return (
      words.every((word) => text.includes(word)) &&
      (!search.database || row.database === search.database) &&
      (!search.zone || (row.zone ?? 'elsewhere') === search.zone) &&
      (!search.owner || row.owner === search.owner) &&
      (!search.tag || row.tags?.includes(search.tag) === true) &&
      (!search.format || row.format === search.format) &&
      (!search.freshness || freshnessOf(row, now) === search.freshness) &&
      (!search.quality || qualityOf(scores?.[scoreKey(row)]) === search.quality)
    );
  });
  return order(found, search, scores);
}

function textOf({ database, name, dataset, description = '', owner = '', tags = [] }: ListedDataset): string {
  return [`${database}.${name}`, dataset, description, owner, ...tags].join('\n').toLowerCase();
}

function qualityOf(score: TableScore | undefined): NonNullable<DatasetsSearch['quality']> {
  if (!score) return 'none';
  return score.failingRules === 0 ? 'passing' : 'failing';
}

const values: Record<Exclude<Sort, 'name'>, (row: ListedDataset, scores?: Scores) => string | number | undefined> = {
  zone: ({ zone }) => zone,
  owner: ({ owner }) => owner?.toLowerCase(),
  freshness: ({ loadedAt }) => loadedAt,
  rows: ({ rows }) => rows,
  size: ({ sizeBytes }) => sizeBytes,
  quality: (row, scores) => scores?.[scoreKey(row)]?.score,
};

/** By name, what is computed from a dataset stands under the dataset's own table. What is not known comes last. */
function order(rows: ListedDataset[], { sort = 'name', order: way }: DatasetsSearch, scores: Scores | undefined) {
  const sign = way === 'desc' ? -1 : 1;
  if (sort === 'name') return rows.sort((a, b) => sign * byName(a, b));
  const pick = values[sort];
  return rows.sort((a, b) => {
    const [one, other] = [pick(a, scores), pick(b, scores)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || byName(a, b);
    }
    return one === other ? byName(a, b) : sign * (one < other ? -1 : 1);
  });
}

function byName(a: ListedDataset, b: ListedDataset): number {
  return (
    compare(a.database, b.database) ||
    compare(a.dataset, b.dataset) ||
    Number(a.name !== a.dataset) - Number(b.name !== b.dataset) ||
    compare(a.name, b.name)
  );
}

/** The collation of a locale costs a hundred times as much, and these names are of one alphabet. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What each filter can be set to: the values that there are, in their order. */
export function choicesOf(datasets: readonly ListedDataset[]) {
  const all = (pick: (row: ListedDataset) => readonly (string | undefined)[]) =>
    [...new Set(datasets.flatMap((row) => pick(row).filter((value) => value !== undefined)))].sort();
  return {
    databases: all(({ database }) => [database]),
    zones: all(({ zone }) => [zone ?? 'elsewhere']),
    owners: all(({ owner }) => [owner]),
    tags: all(({ tags = [] }) => tags),
    formats: all(({ format }) => [format]),
  };
}
