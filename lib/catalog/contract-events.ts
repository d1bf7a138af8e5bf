import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { findWriters, writerKey } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import { withLimit } from '@/lib/aws/with-limit';
import { Contract, contractKey } from '@/lib/languages/contract/contract.ts';
import { contractDiff } from '@/lib/languages/contract/contract-diff.ts';
import { listVersions } from '@/lib/storage';
import type { FileVersion } from '@/lib/storage/schemas';
import type { ColumnChange } from './schemas';

/** A version of a dataset's contract. `drafted`: inferred from a file; `kept`: a person said yes to it. */
export interface ContractEvent {
  type: 'contract';
  kind: 'drafted' | 'kept' | 'removed' | 'unreadable';
  versionId: string;
  /** Milliseconds since the epoch. */
  at: number;
  changes: ColumnChange[];
  by?: string;
}

const READ_AT_ONCE = 10;
const MAX_VERSIONS = 50;

/** Returns what happened to a dataset's contract, newest first: its last fifty versions. */
export async function contractEvents(ctx: Context, dataset: string): Promise<ContractEvent[]> {
  const key = contractKey(dataset);
  const { bucket, versions } = await listVersions(ctx, {
    zone: 'processed',
    prefix: key,
    isKey: true,
    pageSize: MAX_VERSIONS,
  });
  if (versions.length === 0) return [];
  const subject = `s3://${bucket}/${key}`;
  const [contracts, writers] = await Promise.all([
    withLimit(versions, READ_AT_ONCE, (version) => readContract(ctx, bucket, version)),
    findWriters([subject]),
  ]);
  return versions.map(({ versionId, modifiedAt, isDeleteMarker }, index) => {
    const [contract, before] = [contracts[index], contracts[index + 1]];
    const by = writers.get(writerKey(subject, versionId))?.email;
    return {
      type: 'contract',
      kind: isDeleteMarker ? 'removed' : kindOf(contract),
      versionId,
      at: modifiedAt,
      changes: contract && before ? contractDiff(before, contract) : [],
      ...(by ? { by } : {}),
    };
  });
}

function kindOf(contract: Contract | undefined): ContractEvent['kind'] {
  if (!contract) return 'unreadable';
  return contract.status === 'draft' ? 'drafted' : 'kept';
}

/** What people put there by hand need not be a contract. */
async function readContract(
  ctx: Context,
  bucket: string,
  { key, versionId, isDeleteMarker }: FileVersion,
): Promise<Contract | undefined> {
  if (isDeleteMarker) return undefined;
  const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  const text = (await object.Body?.transformToString()) ?? '';
  try {
    return Contract.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
