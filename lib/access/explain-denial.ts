import 'server-only';
import { type Context, can, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { readDenial, roleOfPrincipal } from '@/lib/languages/iam-policy/read-denial.ts';
import { bucketOf, decideRequest } from './decide-request';
import { ExplainDenial, type ExplainedDenial } from './decision-schemas';
import { readBucketPolicy } from './read-bucket-policy';
import { type PrincipalPolicies, readPrincipal } from './read-principal';
import { consoleKeys, requestKeys } from './request-keys';
import { simulatedPrincipal } from './simulated-principal';

/**
 * Explains a refusal of AWS by the sentence that AWS wrote: which statement decided, and the smallest change that would
 * allow it. Everybody may have their own role's explained, administrators every role's; who may not gets what the sentence
 * itself says. Throws INVALID for a text that tells of no denial.
 */
export async function explainDenial(ctx: Context, raw: ExplainDenial): Promise<ExplainedDenial> {
  requirePermission(ctx, 'ownAccess:read');
  const { said } = ExplainDenial.parse(raw);
  const denial = readDenial(said);
  if (!denial) throw new AppError('INVALID', 'This sentence tells of no denial.', { reason: 'noDenial' });
  const { roleArns, stateMachineArn } = await getLake();
  const own = roleArns[ctx.role];
  const { principal: arn = own } = denial;
  const maySee = can(ctx.role, 'access:read');
  if (!roleOfPrincipal(arn)) return { denial, maySee, undecided: 'noRole' };
  const principal = simulatedPrincipal(arn);
  const named = { denial, maySee, roleName: principal.roleName, roleArn: principal.roleArn };
  if (principal.roleName !== roleOfPrincipal(own) && !maySee) {
    return { ...named, undecided: 'notYours' };
  }
  const policies = await policiesOf(ctx, principal.roleName);
  if (!policies) return { ...named, undecided: 'noRole' };
  const { action, resource = '*' } = denial;
  const bucket = bucketOf(resource);
  const bucketPolicy = bucket ? await readBucketPolicy(ctx, bucket) : { unread: [] };
  const keys = requestKeys(consoleKeys(principal, stateMachineArn.split(':')[3] ?? '', new Date()), []);
  return { ...named, decided: decideRequest({ principal, action, resource, keys }, policies, bucketPolicy) };
}

/** Undefined where the role is gone, or not even its own person may read it. */
async function policiesOf(ctx: Context, roleName: string): Promise<PrincipalPolicies | undefined> {
  try {
    return await readPrincipal(ctx, roleName);
  } catch (error) {
    const { code } = toAppError(error);
    if (code === 'NOT_FOUND' || code === 'FORBIDDEN') return undefined;
    throw error;
  }
}
