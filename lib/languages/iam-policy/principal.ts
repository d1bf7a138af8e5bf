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

/** `account` means that the policy trusts the account, which then needs an identity policy of the principal as well. */
export type PrincipalMatch = 'principal' | 'account' | undefined;

export function matchPrincipal(statement: Statement, principal: PolicyPrincipal): PrincipalMatch {
  const { principals } = statement;
  if (!principals) return 'principal';
  const matches = principals.values.map((pattern) => matchOne(pattern, principal));
  if (principals.not) return matches.some(Boolean) ? undefined : 'principal';
  return matches.includes('principal') ? 'principal' : matches.find(Boolean);
}

function matchOne({ type, value }: PrincipalPattern, principal: PolicyPrincipal): PrincipalMatch {
  if (type === '*' || value === '*') return type === 'Service' && !principal.isService ? undefined : 'principal';
  if (type === 'Service') return principal.isService && principal.arn === value ? 'principal' : undefined;
  if (type !== 'AWS' || principal.isService) return undefined;
  if (value === principal.arn || value === principal.roleArn) return 'principal';
  const isAccount = value === principal.accountId || value === `arn:aws:iam::${principal.accountId}:root`;
  return isAccount ? 'account' : undefined;
}
