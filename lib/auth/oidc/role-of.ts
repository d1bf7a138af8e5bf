import { ROLES, type Role } from '../permissions';
import type { RoleRule } from './settings';

/** The highest of the roles that the rules give to these groups and this verified address. */
export function roleOf(
  rules: readonly RoleRule[],
  { groups, email }: { groups: readonly string[]; email: string | undefined },
): Role | undefined {
  const domain = email?.slice(email.lastIndexOf('@'));
  const isMeant = ({ of }: RoleRule) => {
    // What has an @ is an address or a domain, and never a group that somebody gave such a name.
    if (of.includes('@')) return of.toLowerCase() === email || of.toLowerCase() === domain;
    return groups.includes(of);
  };
  const given = rules.filter(isMeant).map(({ role }) => role);
  return ROLES.find((role) => given.includes(role));
}
