/**
 * What SearchTables looks for. https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
 *
 * A filter on a text holds where one of its words is the value; only times are compared. The search text is looked for
 * in everything that people have written about a table, and in quotes it must be all of one of these texts.
 */
import { z } from 'zod';
import type { Database, Table } from './catalog-schemas.ts';
import { invalidInput } from './errors.ts';

export const Filter = z.object({
  Key: z.string().min(1).max(1024).optional(),
  Value: z.string().min(1).max(1024).optional(),
  Comparator: z.enum(['EQUALS', 'GREATER_THAN', 'LESS_THAN', 'GREATER_THAN_EQUALS', 'LESS_THAN_EQUALS']).optional(),
});
export type Filter = z.infer<typeof Filter>;

export const SortCriterion = z.object({
  FieldName: z.string().min(1).max(1024).optional(),
  Sort: z.enum(['ASC', 'DESC']).optional(),
});
type SortCriterion = z.infer<typeof SortCriterion>;

const texts: Record<string, (table: Table) => string[]> = {
  name: ({ Name }) => [Name],
  databasename: ({ DatabaseName }) => [DatabaseName],
  description: ({ Description = '' }) => [Description],
  owner: ({ Owner = '' }) => [Owner],
  tabletype: ({ TableType = '' }) => [TableType],
  location: ({ StorageDescriptor }) => [StorageDescriptor?.Location ?? ''],
  column: (table) => columnsOf(table).map(({ Name }) => Name),
};

const times: Record<string, (table: Table) => number | undefined> = {
  createtime: ({ createdAt }) => createdAt,
  updatetime: ({ updatedAt }) => updatedAt,
  lastaccesstime: ({ LastAccessTime }) => LastAccessTime && LastAccessTime * 1000,
};

const comparisons = {
  EQUALS: (a: number, b: number) => a === b,
  GREATER_THAN: (a: number, b: number) => a > b,
  LESS_THAN: (a: number, b: number) => a < b,
  GREATER_THAN_EQUALS: (a: number, b: number) => a >= b,
  LESS_THAN_EQUALS: (a: number, b: number) => a <= b,
};

export function passes(table: Table, filters: Filter[]): boolean {
  return filters.every(({ Key = '', Value = '', Comparator = 'EQUALS' }) => {
    const time = times[Key.toLowerCase()];
    if (time) return comparisons[Comparator](time(table) ?? Number.NaN, moment(Key, Value));
    // Any other key is one of the table's own properties, such as `classification`.
    const found = texts[Key.toLowerCase()]?.(table) ?? [table.Parameters?.[Key] ?? ''];
    return found.some(
      (text) => text.toLowerCase() === Value.toLowerCase() || words(text).includes(Value.toLowerCase()),
    );
  });
}

export function mentions(table: Table, database: Database | undefined, searchText: string): boolean {
  const all = [
    table.Name,
    table.Description ?? '',
    ...columnsOf(table).flatMap(({ Name, Comment = '' }) => [Name, Comment]),
    ...Object.values(table.Parameters ?? {}),
    database?.Name ?? '',
    database?.Description ?? '',
  ].map((text) => text.toLowerCase());
  const quoted = /^"(.*)"$/s.exec(searchText)?.[1];
  if (quoted !== undefined) return all.includes(quoted.toLowerCase());
  return searchText
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.some((text) => text.includes(word)));
}

/** In the order of the names of databases and tables, unless another is wanted. */
export function sorted(tables: Table[], [criterion]: SortCriterion[]): Table[] {
  if (!criterion?.FieldName) return tables;
  const field = criterion.FieldName.toLowerCase();
  const text = texts[field];
  const time = times[field];
  if (!text && !time) throw invalidInput(`Tables cannot be sorted by ${criterion.FieldName}.`);
  const value = (table: Table) => (time ? (time(table) ?? 0) : (text?.(table)[0]?.toLowerCase() ?? ''));
  const direction = criterion.Sort === 'DESC' ? -1 : 1;
  return tables.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    return left < right ? -direction : left > right ? direction : 0;
  });
}

/** Seconds since the epoch, or ISO 8601. */
function moment(key: string, value: string): number {
  const time = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) throw invalidInput(`${value} is no time that ${key} can be compared with.`);
  return time;
}

const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}_]+/u);

function columnsOf({ StorageDescriptor, PartitionKeys = [] }: Table) {
  return [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys];
}
