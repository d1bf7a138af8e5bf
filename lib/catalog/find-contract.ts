import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { Contract, contractKey } from '@/lib/languages/contract/contract.ts';
import { FindContract, type KeptContract } from './schemas';

/** Returns the contract that a dataset's files are held to; undefined while there is none. */
export async function findContract(ctx: Context, raw: FindContract): Promise<KeptContract | undefined> {
  requirePermission(ctx, 'datasets:read');
  const { dataset } = FindContract.parse(raw);
  const { processedBucket } = await getLake();
  try {
    const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: processedBucket, Key: contractKey(dataset) }));
    const contract = Contract.parse(JSON.parse((await object.Body?.transformToString()) ?? 'null'));
    const updatedAt = object.LastModified?.getTime();
    return { contract, etag: object.ETag ?? '', ...(updatedAt ? { updatedAt } : {}) };
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
