import { createHash } from 'node:crypto';
import type { PartitionInput, StorageDescriptor, Table, TableInput } from '@aws-sdk/client-glue';
import { AppError } from '@/lib/errors';
import type { FileVersion } from '@/lib/storage/schemas';

/** Of the table as it is now, and wrong for a copy of what it was. */
const NOT_COPIED = /^(?:projection\.|storage\.location\.template|lacustre:|recordCount|sizeKey|transient_)/;
const ID_DIGITS = 20;

/** Where the copies of a table's past files are, and what the catalog calls them. */
export interface PastPlace {
  /** `sales_0f3a…`: the same files with the same columns have the same name, whatever moment was asked for. */
  name: string;
  bucket: string;
  /** Ends with a slash. */
  prefix: string;
}

export function pastPlace(table: Table, files: readonly FileVersion[], bucket: string): PastPlace {
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  const content = [columns.map(({ Name, Type }) => [Name, Type]), files.map(({ key, versionId }) => [key, versionId])];
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, ID_DIGITS);
  return { name: `${table.Name}_${id}`, bucket, prefix: `versions/${table.Name}/${id}/` };
}

/** Returns the catalog's entry for the copies: the table's own of that time, at another place. */
export function pastTableInput(table: Table, place: PastPlace): TableInput {
  const kept = Object.entries(table.Parameters ?? {}).filter(([name]) => !NOT_COPIED.test(name));
  return {
    Name: place.name,
    Description: `${table.DatabaseName}.${table.Name} as it was; its files are copies that expire`,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: table.PartitionKeys ?? [],
    Parameters: { ...Object.fromEntries(kept), 'lacustre:past-of': table.Name ?? '' },
    StorageDescriptor: { ...table.StorageDescriptor, Location: `s3://${place.bucket}/${place.prefix}` },
  };
}

/** Returns the partitions that files belong to by the names of their folders: `year=2026/month=11/`. */
export function pastPartitions(table: Table, place: PastPlace, paths: readonly string[]): PartitionInput[] {
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name ?? '');
  if (keys.length === 0) return [];
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.split('/').slice(0, keys.length);
    folders.set(`${folder.join('/')}/`, valuesOf(table, keys, folder, path));
  }
  const storage = pastTableInput(table, place).StorageDescriptor as StorageDescriptor;
  return [...folders].map(([folder, Values]) => ({
    Values,
    StorageDescriptor: { ...storage, Location: `${storage.Location}${folder}` },
  }));
}

function valuesOf(table: Table, keys: string[], folder: string[], path: string): string[] {
  return keys.map((key, index) => {
    const [name, value] = /^([^=]+)=(.*)$/s.exec(folder[index] ?? '')?.slice(1) ?? [];
    if (name?.toLowerCase() === key && value !== undefined) return decodeURIComponent(value);
    throw new AppError(
      'INVALID',
      `${table.Name} is partitioned, and the folders of ${path} do not name the partition (${key}=…). Its past cannot be queried.`,
      { reason: 'pastPartition', details: { table: table.Name, path, key } },
    );
  });
}
