import type { TrailRecord } from './record.ts';

/** Who made a call, as people know them. */
export interface TrailActor {
  /** The session's name of a role, which is a person's address or what a service calls its work; else the user's. */
  name: string;
  roleName?: string;
  roleArn?: string;
  /** The service that called for them. */
  invokedBy?: string;
}

export function actorOf({ userIdentity }: Pick<TrailRecord, 'userIdentity'>): TrailActor {
  const { type, arn, userName, principalId, invokedBy, sessionContext } = userIdentity;
  const role = type === 'AssumedRole' ? sessionContext?.sessionIssuer : undefined;
  const session = type === 'AssumedRole' ? (arn?.split('/').at(-1) ?? principalId?.split(':').at(-1)) : undefined;
  return {
    name: session ?? userName ?? (type === 'Root' ? 'root' : (invokedBy ?? principalId ?? type)),
    ...(role?.userName && { roleName: role.userName }),
    ...(role?.arn && { roleArn: role.arn }),
    ...(invokedBy && { invokedBy }),
  };
}
