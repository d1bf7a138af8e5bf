import 'server-only';
import { env } from '@/lib/config/env';
import { db } from '@/lib/db';
import { hasAdministrator } from './has-administrator';
import { oidcSettings } from './oidc/settings';

/** How people come in, for the pages on the way. */
export async function waysIn() {
  const { LACUSTRE_PASSWORD_SIGN_IN: passwords, LACUSTRE_CONTACT: contact, NEXTAUTH_URL: home } = env();
  const settings = oidcSettings();
  return {
    /** The identity provider's name; undefined where there is none. */
    provider: settings?.name,
    /** Whether the provider's groups say what role somebody has. */
    hasRoleRules: (settings?.rules.length ?? 0) > 0,
    passwords,
    /** The console's own address, where it was told one. */
    home,
    /** Whom to ask, in the words of whoever runs the console. */
    contact,
    needsAdministrator: !(await hasAdministrator(await db())),
  };
}
