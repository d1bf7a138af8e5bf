import type { InvitationState, InvitationSummary } from './schemas';

interface Moments {
  acceptedAt: Date | null;
  withdrawnAt: Date | null;
  expiresAt: Date;
}

function invitationState({ acceptedAt, withdrawnAt, expiresAt }: Moments, now: Date): InvitationState {
  if (acceptedAt) return 'accepted';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'open';
}

/** What an invitation must be to let somebody in. */
export function openInvitations(now: Date) {
  return { acceptedAt: null, withdrawnAt: null, expiresAt: { gt: now } };
}

type Row = Pick<InvitationSummary, 'id' | 'email' | 'role' | 'invitedBy'> & Moments & { createdAt: Date };

export function toInvitation(row: Row, now = new Date()): InvitationSummary {
  const { id, email, role, invitedBy, createdAt, expiresAt } = row;
  return {
    id,
    email,
    role,
    invitedBy,
    state: invitationState(row, now),
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
  };
}
