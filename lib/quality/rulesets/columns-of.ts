import 'server-only';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { listColumns } from '@/lib/catalog';
import { db } from '@/lib/db';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import type { TargetTable } from './ruleset-store';

/** The columns of a table; those that its last evaluation saw, while its first file is held and the catalog has none. */
export async function columnsOf(ctx: Context, { database, table }: TargetTable): Promise<TableColumn[]> {
  try {
    const columns = await listColumns(ctx, { database, table });
    return columns.map(({ name, type }) => ({ name, type }));
  } catch (error) {
    if (toAppError(error).code !== 'NOT_FOUND') throw error;
    const prisma = await db();
    const last = await prisma.qualityEvaluation.findFirst({ where: { database, table }, orderBy: { at: 'desc' } });
    if (!last) throw error;
    return (last.record as unknown as QualityEvaluation).columns;
  }
}
