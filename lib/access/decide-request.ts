import type { PolicyRequest, PolicySet } from '@/lib/languages/iam-policy/evaluate.ts';
import { explain } from '@/lib/languages/iam-policy/explain.ts';
import type { ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';
import { smallestChange } from '@/lib/languages/iam-policy/smallest-change.ts';
import { describeStatement, type StatementPhrase } from '@/lib/languages/iam-policy/words.ts';
import type { DecidedRequest, SimulatedPrincipal } from './decision-schemas';
import type { BucketFinding } from './read-bucket-policy';
import { type PrincipalPolicies, policySetOf } from './read-principal';
import { statementText } from './statement-text';

interface Request {
  principal: SimulatedPrincipal;
  action: string;
  resource: string;
  /** By key in lower case. */
  keys: ReadonlyMap<string, readonly string[]>;
}

/** Decides a request of a role's session as AWS would, and keeps the reasons. */
export function decideRequest(
  { principal, action, resource, keys }: Request,
  policies: PrincipalPolicies,
  bucket: BucketFinding,
): DecidedRequest {
  const { arn, roleArn } = principal;
  const request: PolicyRequest = {
    principal: { arn, roleArn, accountId: roleArn.split(':')[4] ?? '' },
    action,
    resource,
    lookup: (key) => keys.get(key),
  };
  const set = policySetOf(policies, bucket.policy);
  const explanation = explain(request, set);
  const { by, source } = explanation.decision;
  const deciding = by && statementAt({ source, ...by }, policies, bucket);
  const change = smallestChange({ action, resource, principalRoleArn: roleArn }, explanation);
  return {
    action,
    resource,
    explanation,
    statements: explanation.steps.map((step) => ({
      json: statementAt(step, policies, bucket) ?? '',
      phrases: phrasesOf(step, set),
    })),
    ...(deciding ? { deciding } : {}),
    ...(change ? { change } : {}),
    unread: [...policies.unread, ...bucket.unread],
  };
}

/** The bucket that an ARN of S3 is, or lies in. */
export function bucketOf(resource: string): string | undefined {
  return /^arn:[^:]+:s3:::([^/*?]+)/.exec(resource)?.[1];
}

type Place = Pick<ExplanationStep, 'source' | 'policy' | 'index'>;

function statementAt({ source, policy, index }: Place, policies: PrincipalPolicies, bucket: BucketFinding) {
  const { identity, boundary } = policies;
  const candidates = { identity, boundary: [boundary], resource: [bucket.policy], session: [] }[source];
  const found = candidates.find((candidate) => candidate?.name === policy);
  return found && statementText(found.text, index);
}

/** The statement in words; the same names as those of the documents lead to it. */
function phrasesOf({ source, policy, index }: Place, { identity, boundary, resource }: PolicySet): StatementPhrase[] {
  const candidates = { identity, boundary: [boundary], resource: [resource], session: [] }[source];
  const compiled = candidates.find((candidate) => candidate?.name === policy)?.statements[index];
  return compiled ? describeStatement(compiled.statement) : [];
}
