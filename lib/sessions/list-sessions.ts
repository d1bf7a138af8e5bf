import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { liveSessions } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { OfPerson, type SessionSummary } from './schemas';

const SESSIONS_MAX = 100;

/** Returns the sessions that count still, the last seen first: one's own, or a person's for administrators. */
export async function listSessions(ctx: Context, raw: OfPerson): Promise<SessionSummary[]> {
  requirePermission(ctx, 'account:edit');
  const { userId = ctx.user.id } = OfPerson.parse(raw);
  if (userId !== ctx.user.id) requirePermission(ctx, 'people:read');
  const prisma = await db();
  const sessions = await prisma.session.findMany({
    where: { userId, ...liveSessions() },
    orderBy: { lastSeenAt: 'desc' },
    take: SESSIONS_MAX,
  });
  return sessions.map(({ id, how, sourceIp, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
    id,
    how: how === 'oidc' ? 'oidc' : 'password',
    sourceIp,
    userAgent,
    createdAt: createdAt.getTime(),
    lastSeenAt: lastSeenAt.getTime(),
    expiresAt: expiresAt.getTime(),
    isThis: id === ctx.sessionId,
  }));
}
