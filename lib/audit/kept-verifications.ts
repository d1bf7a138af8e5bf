import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import type { Prisma } from '@/lib/db/generated/client';

export type TrailSource = 'console' | 'aws';

/** What a verification found, who asked for it, and when (milliseconds). */
export interface KeptVerification<T = unknown> {
  at: number;
  by: string;
  result: T;
}

export async function keepVerification<T extends object>(
  ctx: Pick<Context, 'user'>,
  source: TrailSource,
  result: T,
): Promise<KeptVerification<T>> {
  const prisma = await db();
  const by = ctx.user.email;
  const { at } = await prisma.auditVerification.create({
    data: { by, source, result: result as Prisma.InputJsonObject },
  });
  return { at: at.getTime(), by, result };
}

/** The last verification of each half of the trail. */
export async function getLastVerifications(
  ctx: Context,
  _input: Record<string, never>,
): Promise<Partial<Record<TrailSource, KeptVerification>>> {
  requirePermission(ctx, 'audit:read');
  const prisma = await db();
  const kept = await prisma.auditVerification.findMany({
    distinct: ['source'],
    orderBy: [{ source: 'asc' }, { at: 'desc' }],
  });
  return Object.fromEntries(kept.map(({ source, at, by, result }) => [source, { at: at.getTime(), by, result }]));
}
