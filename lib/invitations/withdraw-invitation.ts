import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { openInvitations } from './invitation-state';
import { WithdrawInvitation } from './schemas';

/** Makes an invitation's link useless. Throws CONFLICT where it let somebody in already, or has ended. */
export async function withdrawInvitation(ctx: Context, raw: WithdrawInvitation): Promise<void> {
  requirePermission(ctx, 'people:edit');
  const { id } = WithdrawInvitation.parse(raw);
  const prisma = await db();
  const invitation = await prisma.invitation.findUnique({ where: { id } });
  if (!invitation) throw new AppError('NOT_FOUND', `There is no invitation ${id}.`);
  const now = new Date();
  const { count } = await prisma.invitation.updateMany({
    where: { id, ...openInvitations(now) },
    data: { withdrawnAt: now },
  });
  if (count === 0) {
    const { email } = invitation;
    throw new AppError('CONFLICT', `The invitation of ${email} is not open any more. Load the page again.`, {
      reason: 'invitationClosed',
      details: { email },
    });
  }
  await recordAudit(ctx, { action: 'invitations.withdraw', subject: invitation.email });
}
