import type { Access } from '../../../service.ts';

/** Whoever gives a rule or its target a role must be allowed to. */
export function passRole({ RoleArn }: { RoleArn?: string | undefined }): Access[] {
  if (RoleArn === undefined) return [];
  return [{ action: 'iam:PassRole', resource: RoleArn, context: { 'iam:PassedToService': 'events.amazonaws.com' } }];
}
