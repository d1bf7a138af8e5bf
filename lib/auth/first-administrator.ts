import 'server-only';
import type { PrismaClient } from '@/lib/db/generated/client';
import { routes } from '@/lib/routes';
import { hasAdministrator } from './has-administrator';
import { hashPassword } from './password';
import { hashSecretToken, newSecretToken } from './secret-token';

export interface FirstAdministrator {
  email: string;
  /** Ends the link by which they choose a password, once; undefined when the environment gave them one. */
  token: string | undefined;
}

/** Any number, the same in every console that shares the database. */
const FIRST_ADMINISTRATOR_LOCK = 72_707_370;
export const LINK_HOURS = 24;

/**
 * Sees to it that an administrator can come in: makes one if there is nobody at all and the environment gives a password,
 * or else a link that lets one in. Returns undefined where one can sign in already.
 * Consoles that start at once on one database wait for each other, so that only one of them makes the administrator.
 */
export async function prepareFirstAdministrator(
  prisma: PrismaClient,
  given: { email: string; password?: string },
  now = new Date(),
): Promise<FirstAdministrator | undefined> {
  if (await hasAdministrator(prisma)) return undefined;
  const email = given.email.toLowerCase();
  const passwordHash = given.password ? await hashPassword(given.password) : undefined;
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_ADMINISTRATOR_LOCK})`;
    if (await hasAdministrator(tx)) return undefined;
    if (passwordHash && (await tx.user.count()) === 0) {
      await tx.user.create({ data: { email, name: 'Administrator', role: 'administrator', passwordHash } });
      return { email, token: undefined };
    }
    const token = newSecretToken();
    const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);
    await tx.invitation.create({
      data: { email, role: 'administrator', hash: hashSecretToken(token), createdAt: now, expiresAt },
    });
    return { email, token };
  });
}

/** What a person reads on the terminal, once. The first and last lines are fixed, so that a script can find it. */
export function announce({ email, token }: FirstAdministrator, url: string): string {
  const said = token
    ? [
        '  No administrator can sign in yet. Choose a password here:',
        `  ${new URL(routes.invitation(token), url)}`,
        `  The link works once, for ${LINK_HOURS} hours; every start without an administrator prints a new one.`,
      ]
    : [`  e-mail    ${email}`, '  password  the one in LACUSTRE_ADMIN_PASSWORD'];
  return ['', '──── first administrator ────', ...said, '─────────────────────────────', '', ''].join('\n');
}
