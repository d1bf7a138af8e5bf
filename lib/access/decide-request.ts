import type { PolicyRequest } from '@/lib/languages/iam-policy/evaluate.ts';
import { explain } from '@/lib/languages/iam-policy/explain.ts';
import type { ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';
import { smallestChange } from '@/lib/languages/iam-policy/smallest-change.ts';
import type { DecidedRequest, SimulatedPrincipal } from './decision-schemas';
import type { BucketFinding } from './read-bucket-policy';
import { type PrincipalPolicies, policySetOf } from './read-principal';

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
  const explanation = explain(request, policySetOf(policies, bucket.policy));
  const textOf = statementReader(policies, bucket);
  const { decision } = explanation;
  const deciding = decision.by && textOf({ source: decision.source, ...decision.by });
  const change = smallestChange({ action, resource, principalRoleArn: roleArn }, explanation);
  return {
    action,
    resource,
    explanation,
    statements: explanation.steps.map((step) => textOf(step) ?? ''),
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

/** Finds statements by their place; each document is parsed once. */
function statementReader({ identity, boundary }: PrincipalPolicies, bucket: BucketFinding) {
  const parsed = new Map<string, unknown[]>();
  const documentOf = ({ source, policy }: Place) => {
    if (source === 'resource') return bucket.policy?.text;
    if (source === 'boundary') return boundary?.text;
    return identity.find(({ name }) => name === policy)?.text;
  };
  return (place: Place): string | undefined => {
    const key = `${place.source} ${place.policy}`;
    const known = parsed.get(key) ?? statementsOf(documentOf(place));
    parsed.set(key, known);
    const statement = known[place.index];
    return statement === undefined ? undefined : JSON.stringify(statement);
  };
}

/** A policy of one statement may have it without a list. */
function statementsOf(document: string | undefined): unknown[] {
  if (!document) return [];
  const { Statement } = JSON.parse(document) as { Statement: unknown };
  return [Statement].flat();
}
