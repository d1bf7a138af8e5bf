import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { toInvitation } from './invitation-state';
import type { InvitationSummary } from './schemas';

const INVITATIONS_MAX = 200;

/** Returns the invitations, the newest first. */
export async function listInvitations(ctx: Context, _input: Record<string, never>): Promise<InvitationSummary[]> {
  requirePermission(ctx, 'people:read');
  const prisma = await db();
  const rows = await prisma.invitation.findMany({ orderBy: { createdAt: 'desc' }, take: INVITATIONS_MAX });
  return rows.map((row) => toInvitation(row));
}
