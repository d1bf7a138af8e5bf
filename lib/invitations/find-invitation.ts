import 'server-only';
import { hasAdministrator } from '@/lib/auth/has-administrator';
import { hashSecretToken } from '@/lib/auth/secret-token';
import { db } from '@/lib/db';
import { toInvitation } from './invitation-state';
import type { InvitationSummary } from './schemas';

/**
 * Returns the invitation that a link stands for, or undefined. Asks for no permission: whoever holds the link may see what
 * it is for. The first administrator's link ends as soon as there is one.
 */
export async function findInvitation(token: string, now = new Date()): Promise<InvitationSummary | undefined> {
  const prisma = await db();
  const row = await prisma.invitation.findUnique({ where: { hash: hashSecretToken(token) } });
  if (!row) return undefined;
  const invitation = toInvitation(row, now);
  const isOver = invitation.state === 'open' && row.invitedBy === null && (await hasAdministrator(prisma));
  return isOver ? { ...invitation, state: 'withdrawn' } : invitation;
}
