import 'server-only';
import { env } from '@/lib/config/env';
import type { PrismaClient } from '@/lib/db/generated/client';

/** Whether there is an administrator who can sign in, the way that the environment lets them. */
export async function hasAdministrator(db: Pick<PrismaClient, 'user'>): Promise<boolean> {
  const { LACUSTRE_PASSWORD_SIGN_IN: passwords, LACUSTRE_OIDC_ISSUER: issuer } = env();
  const ways = [
    ...(passwords === 'no' ? [] : [{ passwordHash: { not: null } }]),
    // Where passwords are left to the administrators, that is for the day the identity provider is out of reach.
    ...(issuer && passwords !== 'administrators' ? [{ identities: { some: { issuer } } }] : []),
  ];
  const found = await db.user.findFirst({
    where: { role: 'administrator', isActive: true, OR: ways },
    select: { id: true },
  });
  return found !== null;
}
