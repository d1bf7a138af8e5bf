import 'server-only';
import { env } from '@/lib/config/env';
import type { PrismaClient } from '@/lib/db/generated/client';
import { claimAttempt, clearAttempts } from './lock-out';
import { verifyPassword } from './password';
import type { Role } from './permissions';
import type { RequestOrigin } from './request-origin';
import { openSession } from './session';

interface Known {
  id: string;
  email: string;
  name: string;
  role: Role;
}

export type SignInOutcome =
  | { status: 'signed-in'; person: Known; sessionId: string }
  /** `known` is whose password it was not: for the audit trail, never for the answer. */
  | { status: 'refused'; known?: Known }
  | { status: 'locked'; seconds: number };

/** Checks an e-mail and password. Wrong, unknown and switched off look the same from outside. */
export async function signIn(
  prisma: PrismaClient,
  credentials: { email: string; password: string },
  origin: RequestOrigin,
  now = new Date(),
): Promise<SignInOutcome> {
  const attempt = { email: credentials.email.trim().toLowerCase(), sourceIp: origin.sourceIp };
  const seconds = await claimAttempt(prisma, attempt, now);
  if (seconds > 0) return { status: 'locked', seconds };
  const user = await prisma.user.findUnique({ where: { email: attempt.email } });
  const matches = await verifyPassword(credentials.password, user?.passwordHash);
  if (!user) return { status: 'refused' };
  const { id, email, name, role } = user;
  const person = { id, email, name, role };
  if (!matches || !user.isActive || !mayUsePassword(role)) return { status: 'refused', known: person };
  await clearAttempts(prisma, attempt);
  await prisma.user.update({ where: { id }, data: { lastSignInAt: now } });
  const sessionId = await openSession(prisma, { userId: id, how: 'password', origin }, now);
  return { status: 'signed-in', person, sessionId };
}

/** Where people come by an identity provider, passwords may be off, or left to the administrators for the day it is down. */
export function mayUsePassword(role: Role): boolean {
  const { LACUSTRE_PASSWORD_SIGN_IN } = env();
  return (
    LACUSTRE_PASSWORD_SIGN_IN === 'yes' || (LACUSTRE_PASSWORD_SIGN_IN === 'administrators' && role === 'administrator')
  );
}
