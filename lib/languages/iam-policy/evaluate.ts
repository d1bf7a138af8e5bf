/**
 * Decides a request by AWS's rules within one account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 *
 * An explicit deny anywhere wins. A resource policy that names the principal itself (a user, a role's session, or
 * everybody) allows alone; one that names a role allows its sessions within their boundary and session policies; one
 * that names the account leaves the decision to the identity policies. Boundaries and session policies only narrow.
 * A role's trust policy must allow whatever the other policies say.
 *
 * Gaps: organisation policies (SCP, RCP) and other accounts.
 */
import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts';
import type { Lookup } from './pattern.ts';
import { matchPrincipal, type PolicyPrincipal, type PrincipalMatch } from './principal.ts';

export interface PolicyRequest {
  principal: PolicyPrincipal;
  action: string;
  resource: string;
  lookup: Lookup;
}

export interface PolicySet {
  identity: readonly CompiledPolicy[];
  /** The policy of the resource itself: one of its statements or of the identity's is enough. */
  resource?: CompiledPolicy;
  /** A role's trust policy, where `resource` would be: one of its statements must allow. */
  trust?: CompiledPolicy;
  boundary?: CompiledPolicy;
  /** A session may have several: what one of them allows, they allow. */
  session?: CompiledPolicy | readonly CompiledPolicy[];
}

export type PolicySource = 'identity' | 'resource' | 'boundary' | 'session';

export interface Decision {
  result: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Which kind of policy decided, or was missing; a trust policy is a resource's. */
  source: PolicySource;
  /** The statement that decided; undefined for an implicit denial. */
  by?: { policy: string; index: number; sid?: string };
}

interface Finding {
  policy: string;
  compiled: CompiledStatement;
}

interface Findings {
  deny?: Finding;
  allow?: Finding;
}

const NOTHING: Findings = {};

export function evaluate(request: PolicyRequest, policies: PolicySet): Decision {
  const { boundary, session } = policies;
  const own = examine(request, policies.identity);
  const theirs = examineResource(request, policies);
  const within = boundary ? examine(request, [boundary]) : NOTHING;
  const narrowed = session ? examine(request, asList(session)) : NOTHING;
  if (own.deny) return decided('explicitDeny', 'identity', own.deny);
  if (theirs.deny) return decided('explicitDeny', 'resource', theirs.deny);
  if (within.deny) return decided('explicitDeny', 'boundary', within.deny);
  if (narrowed.deny) return decided('explicitDeny', 'session', narrowed.deny);

  if (theirs.principal) return decided('allowed', 'resource', theirs.principal);
  if (policies.trust && !theirs.role && !theirs.account) return { result: 'implicitDeny', source: 'resource' };
  if (!own.allow && !theirs.role) return { result: 'implicitDeny', source: 'identity' };
  if (boundary && !within.allow) return { result: 'implicitDeny', source: 'boundary' };
  if (session && !narrowed.allow) return { result: 'implicitDeny', source: 'session' };
  return own.allow ? decided('allowed', 'identity', own.allow) : decided('allowed', 'resource', theirs.role);
}

function examine(request: PolicyRequest, policies: readonly CompiledPolicy[]): Findings {
  let allow: Finding | undefined;
  for (const policy of policies) {
    for (const compiled of policy.about(request.action)) {
      const isDeny = compiled.statement.effect === 'Deny';
      if (!isDeny && allow) continue;
      if (!compiled.appliesTo(request.resource, request.lookup)) continue;
      const finding = { policy: policy.name, compiled };
      if (isDeny) return { deny: finding };
      allow = finding;
    }
  }
  return { allow };
}

type ResourceFindings = Pick<Findings, 'deny'> & Partial<Record<NonNullable<PrincipalMatch>, Finding>>;

/** What allows is kept by how closely it names who asks. */
function examineResource(request: PolicyRequest, { resource, trust, boundary }: PolicySet): ResourceFindings {
  const policy = resource ?? trust;
  if (!policy) return NOTHING;
  const findings: ResourceFindings = {};
  for (const compiled of policy.about(request.action)) {
    const match = matchPrincipal(compiled.statement, request.principal, boundary !== undefined);
    if (!match || !compiled.appliesTo(request.resource, request.lookup)) continue;
    const finding = { policy: policy.name, compiled };
    if (compiled.statement.effect === 'Deny') return { deny: finding };
    findings[match] ??= finding;
  }
  return findings;
}

export function asList(policies: CompiledPolicy | readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  return 'about' in policies ? [policies] : policies;
}

function decided(result: Decision['result'], source: PolicySource, finding: Finding | undefined): Decision {
  if (!finding) return { result, source };
  const { statement, index } = finding.compiled;
  return { result, source, by: { policy: finding.policy, index, sid: statement.sid } };
}
