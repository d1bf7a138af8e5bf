/**
 * Decides a request by AWS's rules within one account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 *
 * An explicit deny anywhere wins. A resource policy that names the principal itself allows alone; one that names the
 * account leaves the decision to the identity policies. Boundaries and session policies only narrow.
 *
 * Gaps: organisation policies (SCP, RCP) and other accounts.
 */
import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts';
import type { Lookup } from './pattern.ts';
import { matchPrincipal, type PolicyPrincipal } from './principal.ts';

export interface PolicyRequest {
  principal: PolicyPrincipal;
  action: string;
  resource: string;
  lookup: Lookup;
}

export interface PolicySet {
  identity: readonly CompiledPolicy[];
  resource?: CompiledPolicy;
  boundary?: CompiledPolicy;
  session?: CompiledPolicy;
}

export type PolicySource = 'identity' | 'resource' | 'boundary' | 'session';

export interface Decision {
  result: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Which kind of policy decided, or was missing. */
  source: PolicySource;
  /** The statement that decided; undefined for an implicit denial. */
  by?: { policy: string; index: number; sid?: string };
}

interface Finding {
  policy: string;
  compiled: CompiledStatement;
}

export function evaluate(request: PolicyRequest, policies: PolicySet): Decision {
  const { identity, resource, boundary, session } = policies;
  const own = examine(request, identity);
  const theirs = examineResource(request, resource);
  const limits = {
    boundary: examine(request, boundary && [boundary]),
    session: examine(request, session && [session]),
  };
  const denied = [
    own.deny && 'identity',
    theirs.deny && 'resource',
    limits.boundary.deny && 'boundary',
    limits.session.deny && 'session',
  ];
  const source = denied.find(Boolean) as PolicySource | undefined;
  if (source)
    return decided('explicitDeny', source, ({ identity: own, resource: theirs, ...limits } as const)[source].deny);
  if (theirs.allow) return decided('allowed', 'resource', theirs.allow);
  if (!own.allow) return { result: 'implicitDeny', source: 'identity' };
  if (boundary && !limits.boundary.allow) return { result: 'implicitDeny', source: 'boundary' };
  if (session && !limits.session.allow) return { result: 'implicitDeny', source: 'session' };
  return decided('allowed', 'identity', own.allow);
}

/** Whether a trust policy lets the principal in by itself, or only lets its account decide. */
export function evaluateTrust(
  request: PolicyRequest,
  trust: CompiledPolicy,
): 'allowed' | 'account' | 'explicitDeny' | 'implicitDeny' {
  let answer: 'allowed' | 'account' | 'implicitDeny' = 'implicitDeny';
  for (const { statement, appliesTo } of trust.about(request.action)) {
    const match = matchPrincipal(statement, request.principal);
    if (!match || !appliesTo(request.resource, request.lookup)) continue;
    if (statement.effect === 'Deny') return 'explicitDeny';
    if (match === 'principal') answer = 'allowed';
    else if (answer === 'implicitDeny') answer = 'account';
  }
  return answer;
}

interface Findings {
  deny?: Finding;
  allow?: Finding;
}

function examine(request: PolicyRequest, policies: readonly CompiledPolicy[] = []): Findings {
  const findings: Findings = {};
  for (const policy of policies) {
    for (const compiled of policy.about(request.action)) {
      const isDeny = compiled.statement.effect === 'Deny';
      if (!isDeny && findings.allow) continue;
      if (!compiled.appliesTo(request.resource, request.lookup)) continue;
      const finding = { policy: policy.name, compiled };
      if (isDeny) return { deny: finding };
      findings.allow = finding;
    }
  }
  return findings;
}

function examineResource(request: PolicyRequest, policy: CompiledPolicy | undefined): Findings {
  const findings: Findings = {};
  for (const compiled of policy?.about(request.action) ?? []) {
    const match = matchPrincipal(compiled.statement, request.principal);
    if (!match || !compiled.appliesTo(request.resource, request.lookup)) continue;
    const finding = { policy: policy?.name ?? '', compiled };
    if (compiled.statement.effect === 'Deny') return { deny: finding };
    if (match === 'principal') findings.allow ??= finding;
  }
  return findings;
}

function decided(result: Decision['result'], source: PolicySource, finding: Finding | undefined): Decision {
  if (!finding) return { result, source };
  const { statement, index } = finding.compiled;
  return { result, source, by: { policy: finding.policy, index, sid: statement.sid } };
}
