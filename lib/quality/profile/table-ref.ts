import 'server-only';
import { getLake } from '@/lib/aws/lake';
import type { TableRef } from './profile-documents';
import { ProfiledTableName } from './schemas';

export async function tableRef(raw: ProfiledTableName): Promise<TableRef> {
  const { database, table } = ProfiledTableName.parse(raw);
  return { database: database ?? (await getLake()).database, table };
}
