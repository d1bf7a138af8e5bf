import 'server-only';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { withLimit } from '@/lib/aws/with-limit';
import { db } from '@/lib/db';
import type { Facts } from '@/lib/languages/quality/incidents/causes.ts';
import { closeIncident } from './apply-record';

const LOOKS_AT_ONCE = 8;
const MAX_LOOKS = 200;

/** Closes the incidents of held files that are there no more: nobody evaluates what was deleted. */
export async function closeDeleted(ctx: Context, now = new Date()): Promise<void> {
  const prisma = await db();
  const held = await prisma.incident.findMany({
    where: { kind: 'held', openCause: { not: null } },
    orderBy: { seenAt: 'desc' },
    take: MAX_LOOKS,
  });
  await withLimit(held, LOOKS_AT_ONCE, async ({ id, subject, facts }) => {
    const { bucket } = facts as Facts;
    if (!bucket || (await isThere(ctx, bucket, subject))) return;
    await prisma.$transaction((tx) => closeIncident(tx, { id, kind: 'deleted', at: now }));
  });
}

/** Only S3's clear word that there is no such object counts as gone; a refusal says nothing. */
async function isThere(ctx: Context, bucket: string, key: string): Promise<boolean> {
  try {
    await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    return toAppError(error).code !== 'NOT_FOUND';
  }
}
