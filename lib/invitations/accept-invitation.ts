import 'server-only';
import { requireGoodPassword } from '@/lib/access/require-good-password';
import { recordAudit } from '@/lib/audit';
import { actorOf } from '@/lib/auth/actor';
import { hashPassword } from '@/lib/auth/password';
import type { RequestOrigin } from '@/lib/auth/request-origin';
import { hashSecretToken } from '@/lib/auth/secret-token';
import { mayUsePassword } from '@/lib/auth/sign-in';
import { db } from '@/lib/db';
import type { Prisma, User } from '@/lib/db/generated/client';
import { isTaken } from '@/lib/db/is-taken';
import { AppError } from '@/lib/errors';
import { findInvitation } from './find-invitation';
import { openInvitations } from './invitation-state';
import { AcceptInvitation, type InvitationState, type InvitationSummary } from './schemas';

/**
 * Makes whoever holds an invitation's link a person of the console, with a name and a password of their own choice. Asks
 * for no permission: the link is the permission, once.
 */
export async function acceptInvitation(
  raw: AcceptInvitation,
  origin: RequestOrigin,
  now = new Date(),
): Promise<{ email: string }> {
  const { token, name, password, email: chosen } = AcceptInvitation.parse(raw);
  const invitation = await findInvitation(token, now);
  if (invitation?.state !== 'open') throw closed(invitation?.state);
  if (!mayUsePassword(invitation.role)) {
    throw new AppError('FORBIDDEN', 'People sign in here by an identity provider, not by a password.', {
      reason: 'passwordsOff',
    });
  }
  const email = (invitation.invitedBy === null ? chosen : undefined) ?? invitation.email;
  await requireGoodPassword(password, email, 'password');
  const passwordHash = await hashPassword(password);
  const prisma = await db();
  const person = await prisma
    .$transaction((tx) => takeUp(tx, { hash: hashSecretToken(token), invitation, now }, { email, name, passwordHash }))
    .catch((cause: unknown) => {
      if (!isTaken(cause)) throw cause;
      throw new AppError('CONFLICT', `${email} has an account already. Sign in instead.`, {
        cause,
        reason: 'emailTaken',
        details: { email },
      });
    });
  await recordAudit(actorOf(person, origin), {
    action: 'invitations.accept',
    subject: email,
    details: { role: person.role, invitedBy: invitation.invitedBy },
  });
  return { email };
}

interface TakeUp {
  hash: string;
  invitation: InvitationSummary;
  now: Date;
}

/** Of two who come with the same link at once, the second waits here for the first, and then finds it taken. */
async function takeUp(
  tx: Prisma.TransactionClient,
  { hash, invitation, now }: TakeUp,
  person: { email: string; name: string; passwordHash: string },
): Promise<User> {
  const { count } = await tx.invitation.updateMany({
    where: { hash, ...openInvitations(now) },
    data: { acceptedAt: now },
  });
  if (count === 0) throw closed('accepted');
  if (invitation.invitedBy === null) {
    await tx.invitation.updateMany({ where: { invitedBy: null, ...openInvitations(now) }, data: { withdrawnAt: now } });
  }
  return tx.user.create({ data: { ...person, role: invitation.role } });
}

function closed(state: InvitationState | undefined): AppError {
  return new AppError('NOT_FOUND', 'This invitation does not let anybody in any more. Ask for a new one.', {
    reason: 'invitationUnusable',
    details: { state: state ?? 'unknown' },
  });
}
