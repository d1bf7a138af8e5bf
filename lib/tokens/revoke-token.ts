import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { RevokeToken } from './schemas';

/** Ends one of the signed-in person's own tokens at once. */
export async function revokeToken(ctx: Context, raw: RevokeToken): Promise<void> {
  requirePermission(ctx, 'tokens:edit');
  const { id } = RevokeToken.parse(raw);
  const prisma = await db();
  const { count } = await prisma.apiToken.deleteMany({ where: { id, userId: ctx.user.id } });
  if (count === 0) throw new AppError('NOT_FOUND', 'You have no such token.');
  await recordAudit(ctx, { action: 'tokens.revoke', subject: id });
}
