import 'server-only';
import path from 'node:path';
import { beginChain } from '@/lib/audit';
import { announce, prepareFirstAdministrator } from '@/lib/auth/first-administrator';
import { oidcSettings } from '@/lib/auth/oidc/settings';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { closeDataFolder } from './close-data-folder';
import { env } from './env';
import { trustProxies } from './trusted-proxies';

/** Checks the environment, opens the database and lets the first administrator in; ends the process if it cannot. */
export async function startConsole(): Promise<void> {
  try {
    const settings = env();
    trustProxies(settings.LACUSTRE_PROXIES);
    await closeDataFolder(path.join(/* turbopackIgnore: true */ settings.LACUSTRE_DATA, 'console'));
    oidcSettings();
    // Without a fixed address, next-auth takes it from the request: the console answers on localhost and 127.0.0.1.
    if (!settings.NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ??= 'true';
    const prisma = await db();
    const chained = await beginChain(prisma);
    if (chained > 0) log.info('the audit trail has become a chain', { events: chained });
    const first = await prepareFirstAdministrator(prisma, {
      email: settings.LACUSTRE_ADMIN_EMAIL,
      password: settings.LACUSTRE_ADMIN_PASSWORD,
    });
    const url = settings.NEXTAUTH_URL ?? `http://localhost:${settings.PORT}`;
    if (first) process.stdout.write(announce(first, url));
  } catch (error) {
    process.stderr.write(`\nThe console cannot start. ${error instanceof Error ? error.message : String(error)}\n\n`);
    // What we foresaw is a plain Error and a sentence; the stack helps only with the rest (a TypeError, a driver's own).
    if (!(error instanceof Error) || error.constructor !== Error) {
      log.error('the console cannot start', { cause: error });
    }
    process.exit(1);
  }
}
