import 'server-only';
import type { PrismaClient } from '@/lib/db/generated/client';
import { claimAttempt, clearAttempts } from './lock-out';
import { verifyPassword } from './password';
import type { Role } from './permissions';

interface SignedIn {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionVersion: number;
}

export type SignInOutcome = { status: 'signed-in'; user: SignedIn } | { status: 'refused' } | { status: 'locked' };

/** Checks an e-mail and password. Wrong, unknown and switched off look the same from outside. */
export async function signIn(
  prisma: PrismaClient,
  credentials: { email: string; password: string },
  now = new Date(),
): Promise<SignInOutcome> {
  const email = credentials.email.trim().toLowerCase();
  if (!(await claimAttempt(prisma, email, now))) return { status: 'locked' };
  const user = await prisma.user.findUnique({ where: { email } });
  const matches = await verifyPassword(credentials.password, user?.passwordHash);
  if (!user?.isActive || !matches) return { status: 'refused' };
  await clearAttempts(prisma, email);
  await prisma.user.update({ where: { id: user.id }, data: { lastSignInAt: now } });
  const { id, name, role, sessionVersion } = user;
  return { status: 'signed-in', user: { id, email, name, role, sessionVersion } };
}
