/**
 * Brings the console's database up to the last record of the lake's results zone. Whoever looks at quality does it first:
 * nothing has to be told, and a database that was lost is made again. Two who do it at once do no harm.
 */
import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { can } from '@/lib/auth/permissions';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { db } from '@/lib/db';
import { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { applyRecord } from '../incidents/apply-record';
import { closeDeleted } from '../incidents/close-deleted';
import { listRecordKeys } from './list-record-keys';

const READS_AT_ONCE = 8;
/** Read and written in portions, so that a long history is never in memory as a whole. */
const PORTION = 200;

interface Read {
  key: string;
  record?: QualityEvaluation;
  /** Why it cannot be read. */
  reason?: string;
}

/** Reads the records that are new, opens and closes incidents from them in their order, and sees to files that went. */
export async function syncRecords(ctx: Context): Promise<void> {
  requirePermission(ctx, 'quality:read');
  const { resultsBucket, quarantineBucket } = await getLake();
  const prisma = await db();
  const last = await prisma.qualityEvaluation.groupBy({ by: ['database', 'table'], _max: { at: true } });
  const lastOf = new Map(last.map(({ database, table, _max }) => [`${database}/${table}`, _max.at]));
  const keys = await listRecordKeys(
    ctx,
    resultsBucket,
    (database, table) => lastOf.get(`${database}/${table}`) ?? undefined,
  );
  const fresh = (await unknownOf(keys)).sort(byTime);
  for (let from = 0; from < fresh.length; from += PORTION) {
    const read = await withLimit(fresh.slice(from, from + PORTION), READS_AT_ONCE, (key) =>
      readRecord(ctx, resultsBucket, key),
    );
    for (const each of read) await keep(each, quarantineBucket);
  }
  // Only who may see files can tell that one is gone.
  if (can(ctx.role, 'files:read')) await closeDeleted(ctx);
}

async function unknownOf(keys: string[]): Promise<string[]> {
  const prisma = await db();
  const known = new Set<string>();
  for (let from = 0; from < keys.length; from += PORTION) {
    const where = { key: { in: keys.slice(from, from + PORTION) } };
    const [read, unreadable] = await Promise.all([
      prisma.qualityEvaluation.findMany({ where, select: { key: true } }),
      prisma.unreadableEvaluation.findMany({ where, select: { key: true } }),
    ]);
    for (const { key } of [...read, ...unreadable]) known.add(key);
  }
  return keys.filter((key) => !known.has(key));
}

const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
/** The name of a record begins with its time. */
const byTime = (a: string, b: string) => (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b)));

async function readRecord(ctx: Context, bucket: string, key: string): Promise<Read> {
  const object = await ctx.aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = (await object.Body?.transformToString()) ?? '';
  try {
    return { key, record: QualityEvaluation.parse(JSON.parse(text)) };
  } catch (error) {
    return { key, reason: error instanceof z.ZodError ? z.prettifyError(error) : String(error) };
  }
}

async function keep({ key, record, reason }: Read, quarantineBucket: string): Promise<void> {
  const prisma = await db();
  if (record) await prisma.$transaction((tx) => applyRecord(tx, key, record, quarantineBucket));
  else
    await prisma.unreadableEvaluation.createMany({
      data: [{ key, reason: (reason ?? '').slice(0, 2_000) }],
      skipDuplicates: true,
    });
}
