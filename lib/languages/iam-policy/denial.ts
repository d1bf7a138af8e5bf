import type { Decision, PolicySource } from './evaluate.ts';

const KINDS: Record<PolicySource, [article: string, name: string]> = {
  identity: ['an', 'identity-based policy'],
  resource: ['a', 'resource-based policy'],
  boundary: ['a', 'permissions boundary'],
  session: ['a', 'session policy'],
};
/** The resource's own policy, where the resource is a role that is assumed. */
const TRUST: [article: string, name: string] = ['the', 'role trust policy'];

/** AWS's own sentence: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function denialMessage(
  principalArn: string,
  action: string,
  resource: string,
  { result, source }: Decision,
): string {
  const isTrust = source === 'resource' && action.startsWith('sts:');
  const [article, kind] = isTrust ? TRUST : KINDS[source];
  const why =
    result === 'explicitDeny'
      ? `with an explicit deny in ${article} ${kind}`
      : `because no ${kind} allows the ${action} action`;
  // S3 alone puts the resource in quotes.
  const on = action.startsWith('s3:') ? `"${resource}"` : resource;
  return `User: ${principalArn} is not authorized to perform: ${action} on resource: ${on} ${why}`;
}
