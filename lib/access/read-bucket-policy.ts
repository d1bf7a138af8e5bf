import 'server-only';
import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth/context';
import { toAppError } from '@/lib/aws/errors';
import { isReadable, type UnreadPolicy } from './read-principal';

/** A bucket's own policy as it is written; `policySetOf` takes it as the resource's. */
export interface BucketPolicy {
  name: string;
  text: string;
}

export interface BucketFinding {
  policy?: BucketPolicy;
  unread: UnreadPolicy[];
}

/** Reads what a bucket itself says of who may use it; a bucket without a policy says nothing. */
export async function readBucketPolicy(ctx: Pick<Context, 'aws'>, bucket: string): Promise<BucketFinding> {
  const unread = (reason: UnreadPolicy['reason']) => ({ unread: [{ name: bucket, reason }] });
  try {
    const { Policy: text = '' } = await ctx.aws.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const policy = { name: bucket, text };
    return isReadable(policy, 'resource') ? { policy, unread: [] } : unread('unreadable');
  } catch (error) {
    const { code, details } = toAppError(error);
    if (details?.awsError === 'NoSuchBucketPolicy') return { unread: [] };
    // Not a bucket of the lake: only its own account says who else may read it.
    if (code === 'FORBIDDEN') return unread('denied');
    if (code === 'NOT_FOUND') return unread('missing');
    throw error;
  }
}
