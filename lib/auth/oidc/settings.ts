import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Env, env } from '@/lib/config/env';
import { ROLES, type Role } from '../permissions';
import { isAllowedAddress } from './outgoing-address';
import { presetOf } from './presets';

/** Whom a role is given to. */
export interface RoleRule {
  /** A group's name or id, an e-mail address (`ada@example.com`), or all of a domain (`@example.com`). */
  of: string;
  role: Role;
}

/** How people sign in by the one identity provider that this console has. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button. */
  name: string;
  scopes: string;
  groupsClaims: readonly string[];
  /** None: roles are given in the console. */
  rules: readonly RoleRule[];
  defaultRole: Role | undefined;
  /** A person of the console with the same verified address becomes the provider's person. */
  linksByEmail: boolean;
  /** Addresses count as verified though the provider does not say so. */
  trustsEmail: boolean;
}

let kept: { settings: OidcSettings | undefined } | undefined;

/** The settings, read on first use; undefined where people sign in by password alone. */
export function oidcSettings(): OidcSettings | undefined {
  kept ??= { settings: readOidcSettings(env()) };
  return kept.settings;
}

/** Throws a sentence that names the variable. */
export function readOidcSettings(given: Env): OidcSettings | undefined {
  const issuer = given.LACUSTRE_OIDC_ISSUER;
  if (!issuer) return undefined;
  if (!isAllowedAddress(issuer, issuer)) {
    throw new Error('LACUSTRE_OIDC_ISSUER must be an https:// address (http:// only on this machine).');
  }
  const preset = presetOf(issuer);
  if (preset.refused) throw new Error(`LACUSTRE_OIDC_ISSUER ${preset.refused}`);
  const claims = given.LACUSTRE_OIDC_GROUPS_CLAIM;
  return {
    issuer,
    clientId: required(given.LACUSTRE_OIDC_CLIENT_ID, 'LACUSTRE_OIDC_CLIENT_ID'),
    clientSecret: required(readSecret(given), 'LACUSTRE_OIDC_CLIENT_SECRET or LACUSTRE_OIDC_CLIENT_SECRET_FILE'),
    name: given.LACUSTRE_OIDC_NAME ?? preset.name,
    scopes: given.LACUSTRE_OIDC_SCOPES ?? preset.scopes,
    groupsClaims: claims ? split(claims) : preset.groupsClaims,
    rules: readRules(given.LACUSTRE_OIDC_ROLES ?? ''),
    defaultRole: given.LACUSTRE_OIDC_DEFAULT_ROLE,
    linksByEmail: given.LACUSTRE_OIDC_LINK_BY_EMAIL === 'yes',
    trustsEmail: given.LACUSTRE_OIDC_TRUST_EMAIL === 'yes',
  };
}

function required(value: string | undefined, name: string): string {
  if (value) return value;
  throw new Error(`${name} must be set when LACUSTRE_OIDC_ISSUER is.`);
}

function readSecret(given: Env): string | undefined {
  const file = given.LACUSTRE_OIDC_CLIENT_SECRET_FILE;
  if (!file) return given.LACUSTRE_OIDC_CLIENT_SECRET;
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`LACUSTRE_OIDC_CLIENT_SECRET_FILE cannot be read: ${(cause as NodeJS.ErrnoException).code}`, {
      cause,
    });
  }
}

const RulesObject = z.record(z.string().min(1), z.enum(ROLES));

/** `group=role,…`, or a JSON object where names of groups have commas in them. */
function readRules(text: string): RoleRule[] {
  if (text.trim().startsWith('{')) {
    const parsed = RulesObject.safeParse(parseJson(text));
    if (!parsed.success) throw badRules(text);
    return Object.entries(parsed.data).map(([of, role]) => ({ of, role }));
  }
  return split(text).map((rule) => {
    const at = rule.lastIndexOf('=');
    const role = z.enum(ROLES).safeParse(rule.slice(at + 1).trim());
    const of = rule.slice(0, Math.max(at, 0)).trim();
    if (!role.success || !of) throw badRules(rule);
    return { of, role: role.data };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badRules(said: string): Error {
  return new Error(
    `LACUSTRE_OIDC_ROLES cannot be read at “${said}”: write group=role,… or a JSON object; roles are ${ROLES.join(', ')}.`,
  );
}

function split(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
