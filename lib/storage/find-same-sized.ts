import 'server-only';
import {
  type _Object,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { FindSameSized, type SameSized } from './schemas';

/** A dataset of more files is looked at in part: a twin that is not found is not claimed not to be there. */
const LISTED_MAX = 20_000;
const ASKED_MAX = 200;

/**
 * Returns the dataset's files that are as large as ones about to be sent, with S3's checksum of each. Whoever holds
 * those files compares: other bytes of the same size are common, so that only they are worth reading.
 */
export async function findSameSized(ctx: Context, raw: FindSameSized): Promise<SameSized[]> {
  requirePermission(ctx, 'files:upload');
  const { dataset, sizes } = FindSameSized.parse(raw);
  const { rawBucket } = await getLake();
  const { items } = await collectPages<_Object>(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({ Bucket: rawBucket, Prefix: `${dataset}/`, ContinuationToken: token }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  }, LISTED_MAX);
  const wanted = new Set(sizes);
  // Every empty file is like every other.
  const alike = items.filter(({ Size = 0 }) => Size > 0 && wanted.has(Size)).slice(0, ASKED_MAX);
  const found = await Promise.all(alike.map((object) => describeObject(ctx, rawBucket, object)));
  return found.filter((file) => file !== undefined);
}

async function describeObject(
  ctx: Context,
  bucket: string,
  { Key = '', Size = 0 }: _Object,
): Promise<SameSized | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' });
  // One that is gone, or may not be seen, is no twin.
  const head = await ctx.aws.s3.send(command).catch(() => undefined);
  const checksum = head && wholeChecksum(head);
  return checksum && { key: Key, sizeBytes: Size, checksum };
}

/** Of a composite checksum, the file alone does not tell what it would be: it depends on how it was cut. */
function wholeChecksum(head: HeadObjectCommandOutput): SameSized['checksum'] | undefined {
  if (head.ChecksumType === 'COMPOSITE') return undefined;
  if (head.ChecksumCRC64NVME) return { algorithm: 'CRC64NVME', value: head.ChecksumCRC64NVME };
  if (head.ChecksumCRC32) return { algorithm: 'CRC32', value: head.ChecksumCRC32 };
  return undefined;
}
