import 'server-only';
import type { Prisma, PrismaClient, User } from '@/lib/db/generated/client';
import { isTaken } from '@/lib/db/is-taken';
import { openInvitations } from '@/lib/invitations/invitation-state';
import type { Role } from '../permissions';
import { type Claims, groupsOf, hasTooManyGroups, verifiedEmail } from './claims';
import type { Problem } from './problem';
import { roleOf } from './role-of';
import type { OidcSettings } from './settings';

/** What came of it, for the audit trail. */
export type Admitted = {
  status: 'admitted';
  user: User;
  /** `created`: a new person; `linked`: a person of the console who comes this way from now on. */
  change?: 'created' | 'linked' | 'role';
  invitedBy?: string | null;
};
export type Admission = Admitted | { status: 'refused'; problem: Problem };

const refused = (problem: Problem): Admission => ({ status: 'refused', problem });

/**
 * Decides whether the provider's person may come in, and as whom. They are found by issuer and subject, never by their
 * address alone: an address may be given to somebody else, who would come in as its former holder.
 */
export async function admit(
  prisma: PrismaClient,
  claims: Claims,
  settings: OidcSettings,
  now = new Date(),
): Promise<Admission> {
  try {
    return await prisma.$transaction((tx) => decide(tx, claims, settings, now));
  } catch (error) {
    if (!isTaken(error)) throw error;
    // The same person came by another tab in the same moment, and is there now.
    return prisma.$transaction((tx) => decide(tx, claims, settings, now));
  }
}

async function decide(
  tx: Prisma.TransactionClient,
  claims: Claims,
  settings: OidcSettings,
  now: Date,
): Promise<Admission> {
  const groups = groupsOf(claims, settings);
  const email = verifiedEmail(claims, settings);
  const given = roleOf(settings.rules, { groups, email }) ?? settings.defaultRole;
  if (settings.rules.length > 0 && !given) {
    const code = groups.length === 0 && hasTooManyGroups(claims, settings) ? 'tooManyGroups' : 'noGroup';
    return refused({ code, email: claims.email, groups });
  }
  const identity = await tx.identity.findUnique({
    where: { issuer_subject: { issuer: settings.issuer, subject: claims.sub } },
    include: { user: true },
  });
  if (!identity) return welcome(tx, { claims, settings, email, given, now });
  if (!identity.user.isActive) return refused({ code: 'switchedOff', email: identity.user.email });
  // With rules the provider says at each sign-in what the role is; without, the console does.
  const role = settings.rules.length > 0 && given ? given : identity.user.role;
  const user = await tx.user.update({ where: { id: identity.userId }, data: { role, lastSignInAt: now } });
  return { status: 'admitted', user, ...(role === identity.user.role ? {} : { change: 'role' }) };
}

interface Newcomer {
  claims: Claims;
  settings: OidcSettings;
  email: string | undefined;
  given: Role | undefined;
  now: Date;
}

/** Somebody who has never come this way: a person of the console already, somebody who was invited, or a new person. */
async function welcome(tx: Prisma.TransactionClient, newcomer: Newcomer): Promise<Admission> {
  const { claims, settings, email, given, now } = newcomer;
  if (!email) return refused({ code: 'emailNotVerified', email: claims.email });
  const identity = { issuer: settings.issuer, subject: claims.sub };
  const known = await tx.user.findUnique({ where: { email } });
  if (known) {
    if (!settings.linksByEmail) return refused({ code: 'emailTaken', email });
    if (!known.isActive) return refused({ code: 'switchedOff', email });
    const role = settings.rules.length > 0 && given ? given : known.role;
    const data = { role, lastSignInAt: now, identities: { create: identity } };
    return { status: 'admitted', user: await tx.user.update({ where: { id: known.id }, data }), change: 'linked' };
  }
  const invitation = await tx.invitation.findFirst({ where: { email, ...openInvitations(now) } });
  const role = given && (settings.rules.length > 0 || !invitation) ? given : invitation?.role;
  if (!role) return refused({ code: 'notInvited', email });
  if (invitation) {
    await tx.invitation.update({ where: { id: invitation.id }, data: { acceptedAt: now } });
  }
  const name = claims.name?.trim().slice(0, 120) || email;
  const data = { email, name, role, lastSignInAt: now, identities: { create: identity } };
  const user = await tx.user.create({ data });
  return { status: 'admitted', user, change: 'created', ...(invitation ? { invitedBy: invitation.invitedBy } : {}) };
}
