import type { PrincipalPattern, Statement } from './policy.ts';

/** Who asks, in the terms that policies know. */
export interface PolicyPrincipal {
  /** `arn:aws:iam::…:user/NAME`, `arn:aws:sts::…:assumed-role/ROLE/SESSION`, or `events.amazonaws.com` for a service. */
  arn: string;
  accountId: string;
  /** The role's own ARN, for a session of it. */
  roleArn?: string;
  isService?: boolean;
}

/**
 * How closely a statement names who asks: the `principal` itself (or everybody), the `role` whose session it is, or its
 * `account`, which then decides by its own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type PrincipalMatch = 'principal' | 'role' | 'account' | undefined;

const CLOSEST = ['principal', 'role', 'account'] as const;

export function matchPrincipal(
  { principals, effect }: Statement,
  principal: PolicyPrincipal,
  hasBoundary: boolean,
): PrincipalMatch {
  if (!principals) return 'principal';
  const matches = new Set(principals.values.map((pattern) => matchOne(pattern, principal)));
  if (principals.not) {
    // With Allow it is not supported any more: who is named in any way is not let in by it.
    const isSpared =
      effect === 'Allow'
        ? matches.size > 1 || !matches.has(undefined)
        : isExempt(principals.values, principal, hasBoundary);
    return isSpared ? undefined : 'principal';
  }
  return CLOSEST.find((closeness) => matches.has(closeness));
}

function matchOne({ type, value }: PrincipalPattern, principal: PolicyPrincipal): PrincipalMatch {
  if (type === '*' || (type === 'AWS' && value === '*')) return 'principal';
  if (type === 'Service') return principal.isService && principal.arn === value ? 'principal' : undefined;
  if (type !== 'AWS' || principal.isService) return undefined;
  if (value === principal.arn) return 'principal';
  if (value === principal.roleArn) return 'role';
  return value === principal.accountId || value === rootArn(principal) ? 'account' : undefined;
}

/**
 * NotPrincipal spares only who is named whole: account and user, or account, role and, if sessions of the role are
 * named, the session. It spares nobody who has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExempt(patterns: PrincipalPattern[], principal: PolicyPrincipal, hasBoundary: boolean): boolean {
  if (patterns.some(({ type, value }) => type === '*' || (type === 'AWS' && value === '*'))) return true;
  const matches = patterns.map((pattern) => matchOne(pattern, principal));
  if (principal.isService) return matches.includes('principal');
  if (hasBoundary) return false;
  if (principal.arn === rootArn(principal)) return matches.includes('principal') || matches.includes('account');
  if (!matches.includes('account')) return false;
  if (principal.roleArn === undefined) return matches.includes('principal');
  if (!matches.includes('role')) return false;
  const sessions = `${principal.arn.slice(0, principal.arn.lastIndexOf('/'))}/`;
  return matches.includes('principal') || !patterns.some(({ value }) => value.startsWith(sessions));
}

const rootArn = ({ accountId }: PolicyPrincipal): string => `arn:aws:iam::${accountId}:root`;
