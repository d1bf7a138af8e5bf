import 'server-only';
import type { PrismaClient } from '@/lib/db/generated/client';
import { hashPassword, newPassword } from './password';

export interface FirstAdministrator {
  email: string;
  /** Only when it was made up here; undefined when the environment gave it. */
  password: string | undefined;
}

/** Any number, the same in every console that shares the database. */
const FIRST_ADMINISTRATOR_LOCK = 72_707_370;

/**
 * Creates the administrator if there is nobody at all, and returns who it is; returns undefined otherwise.
 * Consoles that start at once on one database wait for each other, so that only one of them does it.
 */
export async function createFirstAdministrator(
  prisma: PrismaClient,
  given: { email: string; password?: string },
): Promise<FirstAdministrator | undefined> {
  if ((await prisma.user.count()) > 0) return undefined;
  const password = given.password ?? newPassword();
  const passwordHash = await hashPassword(password);
  const email = given.email.toLowerCase();
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_ADMINISTRATOR_LOCK})`;
    if ((await tx.user.count()) > 0) return undefined;
    await tx.user.create({ data: { email, name: 'Administrator', role: 'administrator', passwordHash } });
    return { email, password: given.password ? undefined : password };
  });
}

/** What a person reads on the terminal, once. The first and last lines are fixed, so that a script can find it. */
export function announce({ email, password }: FirstAdministrator): string {
  const secret = password ?? 'the one in LACUSTRE_ADMIN_PASSWORD';
  return [
    '',
    '──── first administrator ────',
    `  e-mail    ${email}`,
    `  password  ${secret}`,
    ...(password ? ['  It is shown only now. Change it under Settings.'] : []),
    '─────────────────────────────',
    '',
    '',
  ].join('\n');
}
