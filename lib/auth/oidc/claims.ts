import 'server-only';
import { z } from 'zod';
import type { OidcSettings } from './settings';

/** What a provider says of a person; the rest is read by name. Cognito's userinfo writes booleans as text. */
export const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  email: z.string().max(320).optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .catch(undefined),
  name: z.string().optional().catch(undefined),
});
export type Claims = z.infer<typeof Claims>;

/** The person's address, if the provider vouches for it: anybody can write another's address into a profile. */
export function verifiedEmail({ email, email_verified }: Claims, settings: OidcSettings): string | undefined {
  const isVouchedFor = email_verified === true || (email_verified === undefined && settings.trustsEmail);
  const address = z.email().safeParse(email?.trim().toLowerCase());
  return isVouchedFor && address.success ? address.data : undefined;
}

/** The person's groups, of every claim that may hold some. */
export function groupsOf(claims: Claims, settings: OidcSettings): string[] {
  const said = settings.groupsClaims.flatMap((name) => claims[name] ?? []);
  return [...new Set(said.filter((group): group is string => typeof group === 'string' && group !== ''))];
}

/**
 * Whether the provider left the groups out because there are too many: Entra does, past 200.
 * https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 */
export function hasTooManyGroups(claims: Claims, settings: OidcSettings): boolean {
  const elsewhere = z.record(z.string(), z.unknown()).safeParse(claims._claim_names);
  return elsewhere.success && settings.groupsClaims.some((name) => name in elsewhere.data);
}
