import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { endSessionsOf } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { OfPerson } from './schemas';

/** Ends every other session of one's own, or all of a person's for administrators; never the one that asks. */
export async function endSessions(ctx: Context, raw: OfPerson): Promise<{ ended: number }> {
  requirePermission(ctx, 'account:edit');
  const { userId = ctx.user.id } = OfPerson.parse(raw);
  if (userId !== ctx.user.id) requirePermission(ctx, 'people:edit');
  const prisma = await db();
  const person = await prisma.user.findUnique({ where: { id: userId } });
  if (!person) throw new AppError('NOT_FOUND', `There is no person ${userId}.`);
  const ended = await endSessionsOf(prisma, userId, ctx.sessionId);
  if (ended > 0) await recordAudit(ctx, { action: 'sessions.end-all', subject: person.email, details: { ended } });
  return { ended };
}
