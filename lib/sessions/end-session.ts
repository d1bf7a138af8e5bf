import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, can, requirePermission } from '@/lib/auth';
import { liveSessions } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { EndSession } from './schemas';

/** Ends one session: one's own, or anybody's for administrators. Another's is NOT_FOUND for everybody else. */
export async function endSession(ctx: Context, raw: EndSession): Promise<void> {
  requirePermission(ctx, 'account:edit');
  const { id } = EndSession.parse(raw);
  const prisma = await db();
  const mine = can(ctx.role, 'people:edit') ? {} : { userId: ctx.user.id };
  const session = await prisma.session.findFirst({ where: { id, ...mine }, include: { user: true } });
  if (!session) {
    throw new AppError('NOT_FOUND', 'There is no such session.', { reason: 'noSession' });
  }
  const { count } = await prisma.session.updateMany({
    where: { id, ...liveSessions() },
    data: { revokedAt: new Date() },
  });
  if (count > 0) await recordAudit(ctx, { action: 'sessions.end', subject: session.user.email, details: { id } });
}
