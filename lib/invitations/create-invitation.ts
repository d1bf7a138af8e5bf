import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { hashSecretToken, newSecretToken } from '@/lib/auth/secret-token';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { openInvitations, toInvitation } from './invitation-state';
import { CreateInvitation, INVITATION_DAYS, type InvitationSummary } from './schemas';

const DAY_MS = 86_400_000;

/**
 * Invites somebody: only this answer holds what the link ends with. A second invitation of the same address takes the
 * place of the first. Throws CONFLICT if the address has an account.
 */
export async function createInvitation(
  ctx: Context,
  raw: CreateInvitation,
): Promise<{ invitation: InvitationSummary; token: string }> {
  requirePermission(ctx, 'people:edit');
  const { email, role } = CreateInvitation.parse(raw);
  const prisma = await db();
  if (await prisma.user.findUnique({ where: { email } })) {
    throw new AppError('CONFLICT', `${email} has an account already.`, {
      reason: 'emailTaken',
      details: { field: 'email', email },
    });
  }
  const now = new Date();
  const token = newSecretToken();
  const row = await prisma.$transaction(async (tx) => {
    await tx.invitation.updateMany({ where: { email, ...openInvitations(now) }, data: { withdrawnAt: now } });
    return tx.invitation.create({
      data: {
        email,
        role,
        hash: hashSecretToken(token),
        invitedBy: ctx.user.email,
        createdAt: now,
        expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
      },
    });
  });
  await recordAudit(ctx, { action: 'invitations.create', subject: email, details: { role } });
  return { invitation: toInvitation(row, now), token };
}
