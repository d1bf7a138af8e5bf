import 'server-only';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { db } from '@/lib/db';
import { getQuery, listQueryRows } from '@/lib/query';
import type { Query } from '@/lib/query/schemas';

/** Athena itself forgets a query after 45 days; results expire with the bucket's own rules, which is looked at below. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

interface KeptResult {
  key: string;
  savedQuery: string;
  executionId: string;
}

/** Returns the earlier query whose result this is, if its rows are still there. */
export async function findResult(ctx: Context, key: string): Promise<Query | undefined> {
  const prisma = await db();
  const kept = await prisma.savedResult.findUnique({ where: { key } });
  if (!kept) return undefined;
  try {
    const query = await getQuery(ctx, { id: kept.executionId });
    await listQueryRows(ctx, { id: kept.executionId, maxRows: 1 });
    return query.status === 'succeeded' ? query : undefined;
  } catch (error) {
    if (!['NOT_FOUND', 'INVALID', 'FORBIDDEN'].includes(toAppError(error).code)) throw error;
    await prisma.savedResult.deleteMany({ where: { key } });
    return undefined;
  }
}

export async function keepResult(result: KeptResult, now = Date.now()): Promise<void> {
  const prisma = await db();
  await prisma.savedResult.upsert({
    where: { key: result.key },
    create: result,
    update: { ...result, createdAt: new Date(now) },
  });
  await prisma.savedResult.deleteMany({ where: { createdAt: { lt: new Date(now - KEPT_MS) } } });
}

/** Whether an execution is one of this saved query's: a token for it alone must not read others. */
export async function isResultOf(savedQuery: string, executionId: string): Promise<boolean> {
  const prisma = await db();
  return (await prisma.savedResult.count({ where: { savedQuery, executionId } })) > 0;
}
