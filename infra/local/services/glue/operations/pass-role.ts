import type { Access } from '../../../service.ts';

/** Whoever gives a job or a crawler a role must be allowed to. A role named without its ARN is looked up when it is used. */
export function passRole(role: string): Access[] {
  if (!role.startsWith('arn:')) return [];
  return [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'glue.amazonaws.com' } }];
}
