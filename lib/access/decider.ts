import 'server-only';
import { evaluate, type PolicySet } from '@/lib/languages/iam-policy/evaluate.ts';
import type { AccessDecision, AccessRequest } from './access-decision';
import type { BucketPolicy } from './read-bucket-policy';
import { type PrincipalPolicies, policySetOf } from './read-principal';
import { statementText } from './statement-text';

/** Decides requests as AWS decides them of the session that the console opens for a person of one role. */
export class Decider {
  readonly #principal: PrincipalPolicies;
  readonly #buckets: ReadonlyMap<string, BucketPolicy>;
  readonly #request: { principal: { arn: string; accountId: string; roleArn: string }; lookup: Lookup };
  readonly #sets = new Map<string, PolicySet>();
  readonly #decided = new Map<string, AccessDecision>();

  /** `buckets` are the policies that buckets have themselves, by their names. */
  constructor(principal: PrincipalPolicies, buckets: ReadonlyMap<string, BucketPolicy>) {
    this.#principal = principal;
    this.#buckets = buckets;
    this.#request = sessionOf(principal.roleArn);
  }

  decide({ action, resource }: AccessRequest): AccessDecision {
    const key = `${action} ${resource}`;
    const known = this.#decided.get(key);
    if (known) return known;
    const { result, source, by } = evaluate({ ...this.#request, action, resource }, this.#policies(resource));
    const decision = { action, resource, result, source, ...by };
    this.#decided.set(key, decision);
    return decision;
  }

  /** The deciding statement as its policy has it, as JSON; undefined where none decided. */
  statement({ source, policy, index, resource }: AccessDecision): string | undefined {
    if (policy === undefined || index === undefined) return undefined;
    const { identity, boundary } = this.#principal;
    const bucket = this.#buckets.get(bucketOf(resource));
    const candidates = { identity, boundary: [boundary], resource: [bucket], session: [] }[source];
    const found = candidates.find((candidate) => candidate?.name === policy);
    return found && statementText(found.text, index);
  }

  #policies(resource: string): PolicySet {
    const bucket = bucketOf(resource);
    const known = this.#sets.get(bucket);
    if (known) return known;
    const policies = policySetOf(this.#principal, this.#buckets.get(bucket));
    this.#sets.set(bucket, policies);
    return policies;
  }
}

type Lookup = (key: string) => readonly string[] | undefined;

function sessionOf(roleArn: string) {
  const [, partition, , , accountId = ''] = roleArn.split(':');
  // A session's ARN has the role's name without its path.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/console`;
  // What the console's own requests bring along: a key that they have not is one that no condition finds.
  const keys: Record<string, string[]> = {
    'aws:securetransport': ['true'],
    'aws:principalarn': [roleArn],
    'aws:principalaccount': [accountId],
    'aws:principaltype': ['AssumedRole'],
  };
  return { principal: { arn, accountId, roleArn }, lookup: (key: string) => keys[key] };
}

/** The bucket that a resource is or lies in; '' for what is not of S3. */
const bucketOf = (resource: string) => /^arn:[^:]+:s3:::([^/]+)/.exec(resource)?.[1] ?? '';
