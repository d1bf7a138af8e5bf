import { pinnedParameter } from '../../../../../lib/languages/crawl/pin.ts';
import type { CrawledTableInput } from '../../../../../lib/languages/crawl/table-input.ts';
import type { Column, Table, TableInput } from '../catalog-schemas.ts';

export const withSlash = (location: string): string =>
  location === '' || location.endsWith('/') ? location : `${location}/`;

export const isPinned = ({ Parameters }: Table): boolean => Parameters?.[pinnedParameter] === 'true';

export function inputOf({
  DatabaseName: _d,
  VersionId: _v,
  createdAt: _c,
  updatedAt: _u,
  createdBy: _b,
  ...input
}: Table): TableInput {
  return input;
}

/** A table with what a crawl found; what people wrote into it stays. */
export function updatedInput(existing: Table, found: CrawledTableInput, addsColumnsOnly: boolean): TableInput {
  const { DEPRECATED_BY_CRAWLER: _deprecated, ...parameters } = existing.Parameters ?? {};
  const own = existing.StorageDescriptor?.Columns ?? [];
  const storage = { ...existing.StorageDescriptor, ...found.StorageDescriptor };
  const base = { ...inputOf(existing), ...found, Name: existing.Name };
  if (addsColumnsOnly) {
    const names = new Set(own.map(({ Name }) => Name));
    const added = found.StorageDescriptor.Columns.filter(({ Name }) => !names.has(Name));
    return {
      ...inputOf(existing),
      Parameters: { ...found.Parameters, ...parameters },
      StorageDescriptor: { ...existing.StorageDescriptor, Columns: [...own, ...added] },
    };
  }
  return {
    ...base,
    Parameters: { ...parameters, ...found.Parameters },
    StorageDescriptor: { ...storage, Columns: found.StorageDescriptor.Columns.map((column) => commented(column, own)) },
  };
}

function commented(column: Column, own: Column[]): Column {
  const known = own.find(({ Name }) => Name === column.Name);
  return known ? { ...known, ...column } : column;
}

export function hasSameColumns(existing: TableInput, input: TableInput): boolean {
  const print = ({ StorageDescriptor: storage, PartitionKeys }: TableInput) =>
    JSON.stringify([storage?.Columns, storage?.SerdeInfo, storage?.Location, PartitionKeys]);
  return print(existing) === print(input);
}
