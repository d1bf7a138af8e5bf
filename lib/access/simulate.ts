import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { AppError } from '@/lib/errors';
import { findAction } from '@/lib/languages/iam-policy/action-catalog.ts';
import { bucketOf, decideRequest } from './decide-request';
import { Simulate, type Simulation } from './decision-schemas';
import { toChoice } from './list-actions';
import { readBucketPolicy } from './read-bucket-policy';
import { readPrincipal } from './read-principal';
import { consoleKeys, requestKeys } from './request-keys';
import { simulatedPrincipal } from './simulated-principal';

const READ_AT_ONCE = 4;

/**
 * Decides a request that nobody makes: the policies are read through IAM as they are now, and the rules are AWS's. Policies
 * of an organisation and of VPC endpoints are not among them.
 */
export async function simulate(ctx: Context, raw: Simulate): Promise<Simulation> {
  requirePermission(ctx, 'access:read');
  const input = Simulate.parse(raw);
  const { stateMachineArn } = await getLake();
  const region = stateMachineArn.split(':')[3] ?? '';
  const named = simulatedPrincipal(input.principal);
  const policies = await readPrincipal(ctx, named.roleName).catch((error: unknown) => {
    throw toAppError(error).code === 'NOT_FOUND' ? noSuchRole(error, named.roleName) : error;
  });
  // A role with a path has it in its own ARN only: a session's ARN leaves it out.
  const principal = { ...named, roleArn: policies.roleArn || named.roleArn };
  const keys = requestKeys(consoleKeys(principal, region, new Date()), input.context);
  const requests = await withLimit([...new Set(input.resources)], READ_AT_ONCE, async (resource) => {
    const bucket = bucketOf(resource);
    const own = bucket ? await readBucketPolicy(ctx, bucket) : { unread: [] };
    return decideRequest({ principal, action: input.action, resource, keys }, policies, own);
  });
  const known = findAction(input.action);
  return {
    principal,
    requests,
    context: Object.fromEntries(keys),
    ...(known ? { known: toChoice(known) } : {}),
  };
}

/** The address names it: the page is there, the role is not. */
function noSuchRole(cause: unknown, role: string): AppError {
  return new AppError('INVALID', `There is no role ${role}.`, {
    cause,
    reason: 'noSuchRole',
    details: { field: 'principal', role },
  });
}
