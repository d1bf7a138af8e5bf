import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import type { Scope, TokenSummary } from './schemas';

/** Returns the signed-in person's own tokens, the newest first. */
export async function listTokens(ctx: Context): Promise<TokenSummary[]> {
  requirePermission(ctx, 'tokens:edit');
  const prisma = await db();
  const tokens = await prisma.apiToken.findMany({ where: { userId: ctx.user.id }, orderBy: { createdAt: 'desc' } });
  return tokens.map(({ id, name, hint, scopes, savedQueries, createdAt, expiresAt, lastUsedAt }) => ({
    id,
    name,
    hint,
    scopes: scopes as Scope[],
    savedQueries,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    lastUsedAt: lastUsedAt?.getTime() ?? null,
  }));
}
