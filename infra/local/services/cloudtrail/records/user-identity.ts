import type { TrailRecord } from '../../../../../lib/languages/cloudtrail/record.ts';
import type { SeenCall } from '../../../recorder.ts';

export interface Known {
  /** The ARN of a role by its name; undefined for one that is gone. */
  roleArnOf(name: string): string | undefined;
  /** When a session's key was given out, if that is still known. */
  sessionStartOf(accessKeyId: string): string | undefined;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export function userIdentity({ principal, accessKeyId, via }: SeenCall, known: Known): TrailRecord['userIdentity'] {
  const { type, arn, accountId, userId, roleName } = principal;
  if (type === 'Service') return { type: 'AWSService', invokedBy: arn };
  const invokedBy = via && { invokedBy: `${via}.amazonaws.com` };
  const common = { principalId: userId, arn, accountId, ...(accessKeyId && { accessKeyId }) };
  if (type === 'Root') return { type: 'Root', ...common, ...invokedBy };
  if (type === 'User') return { type: 'IAMUser', ...common, userName: arn.split('/').at(-1), ...invokedBy };
  const creationDate = accessKeyId ? known.sessionStartOf(accessKeyId) : undefined;
  return {
    type: 'AssumedRole',
    ...common,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: userId.split(':', 1)[0],
        arn: known.roleArnOf(roleName ?? '') ?? `arn:aws:iam::${accountId}:role/${roleName}`,
        accountId,
        userName: roleName,
      },
      attributes: { ...(creationDate && { creationDate }), mfaAuthenticated: 'false' },
    },
    ...invokedBy,
  };
}
