/** What differs between the providers that teams have: how they name groups, and what must be asked for to be told them. */
interface Preset {
  name: string;
  scopes: string;
  groupsClaims: readonly string[];
  /** Why this issuer cannot be used: the rest of a sentence. */
  refused?: string;
}

const SCOPES = 'openid email profile';
/** Of Entra's issuers that stand for any organisation: with one of them, strangers' accounts would be let in. */
const ANY_TENANT = /^\/(common|organizations|consumers)\//;

export function presetOf(issuer: string): Preset {
  const { hostname, pathname } = new URL(issuer);
  if (/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(hostname)) {
    return { name: 'Cognito', scopes: SCOPES, groupsClaims: ['cognito:groups'] };
  }
  if (hostname === 'login.microsoftonline.com') {
    // App roles come as `roles`, security groups (by their object ids) as `groups`.
    const entra = { name: 'Microsoft', scopes: SCOPES, groupsClaims: ['roles', 'groups'] };
    const refused = 'must name your own tenant: …/<tenant id>/v2.0';
    return ANY_TENANT.test(pathname) ? { ...entra, refused } : entra;
  }
  if (hostname === 'accounts.google.com') return { name: 'Google', scopes: SCOPES, groupsClaims: [] };
  if (/\.okta(preview|-emea)?\.com$/.test(hostname)) {
    return { name: 'Okta', scopes: `${SCOPES} groups`, groupsClaims: ['groups'] };
  }
  return { name: hostname, scopes: SCOPES, groupsClaims: ['groups'] };
}
