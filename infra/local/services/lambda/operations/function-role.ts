import type { Access } from '../../../service.ts';
import { invalidParameter } from '../errors.ts';
import type { Lambda } from '../lambda-service.ts';

export function passRole(role: string): Access {
  return { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
}

/** Throws where Lambda may not act as the role. */
export function checkRole({ ctx }: Lambda, role: string): void {
  try {
    ctx.inside.asRole(role, 'lambda.amazonaws.com', 'check');
  } catch (cause) {
    const error = invalidParameter('The role defined for the function cannot be assumed by Lambda.');
    error.cause = cause;
    throw error;
  }
}
