import 'server-only';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { contractKey } from '@/lib/languages/contract/contract.ts';
import { KeepContract } from './schemas';

/**
 * Keeps a contract as the active one: from now on the dataset's files are held to it.
 * Throws CONFLICT when another one was kept since this one was looked at.
 */
export async function keepContract(ctx: Context, raw: KeepContract): Promise<{ etag: string }> {
  requirePermission(ctx, 'datasets:edit');
  const { dataset, contract, etag } = KeepContract.parse(raw);
  const { processedBucket } = await getLake();
  const key = contractKey(dataset);
  try {
    const kept = await ctx.aws.s3.send(
      new PutObjectCommand({
        Bucket: processedBucket,
        Key: key,
        Body: JSON.stringify({ ...contract, status: 'active' }, null, 2),
        ContentType: 'application/json',
        ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }),
      }),
    );
    await recordAudit(ctx, {
      action: 'contracts.keep',
      subject: `s3://${processedBucket}/${key}`,
      details: { versionId: kept.VersionId ?? 'null' },
    });
    return { etag: kept.ETag ?? '' };
  } catch (error) {
    if (toAppError(error).code !== 'CONFLICT') throw error;
    throw new AppError(
      'CONFLICT',
      `Another contract of ${dataset} was kept in the meantime. Load the page again to see it, then decide.`,
      { cause: error, reason: 'contractChanged', details: { dataset } },
    );
  }
}
