'use server';
import { settle } from '@/lib/action';
import { requestOrigin } from '@/lib/auth/request-origin';
import type { Result } from '@/lib/errors';
import * as invitations from '@/lib/invitations';
import type { AcceptInvitation } from '@/lib/invitations/schemas';

/** Who is invited has no session yet: the link is the permission. */
export async function acceptInvitation(input: AcceptInvitation): Promise<Result<{ email: string }>> {
  return settle(async () => invitations.acceptInvitation(input, await requestOrigin()));
}
