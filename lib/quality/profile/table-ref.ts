import 'server-only';
import { getLake } from '@/lib/aws/lake';
import { readDatasetAddress } from '@/lib/catalog/dataset-address';
import type { TableRef } from './profile-documents';
import { ProfiledTableName } from './schemas';

export async function tableRef(raw: ProfiledTableName): Promise<TableRef> {
  const { database, table } = ProfiledTableName.parse(raw);
  if (database !== undefined) return { database, table };
  const address = readDatasetAddress(table, (await getLake()).database);
  return { database: address.database, table: address.name };
}
