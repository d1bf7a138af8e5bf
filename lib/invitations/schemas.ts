import { z } from 'zod';
import { Password } from '@/lib/access/schemas';
import { ROLES, type Role } from '@/lib/auth/permissions';

export const INVITATION_DAYS = 7;

const Email = z.string().trim().toLowerCase().max(320).pipe(z.email('email'));

export const CreateInvitation = z.object({ email: Email, role: z.enum(ROLES) });
export type CreateInvitation = z.input<typeof CreateInvitation>;

export const WithdrawInvitation = z.object({ id: z.uuid() });
export type WithdrawInvitation = z.infer<typeof WithdrawInvitation>;

export const AcceptInvitation = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1, 'required').max(120),
  /** Only the first administrator chooses it: everybody else is invited by it. */
  email: Email.optional(),
  password: Password,
});
export type AcceptInvitation = z.input<typeof AcceptInvitation>;

export type InvitationState = 'open' | 'accepted' | 'expired' | 'withdrawn';

/** An invitation as administrators see it: its link is shown once, when it is made. Times in milliseconds. */
export interface InvitationSummary {
  id: string;
  email: string;
  role: Role;
  state: InvitationState;
  /** Null for the link that the console printed. */
  invitedBy: string | null;
  createdAt: number;
  expiresAt: number;
}
