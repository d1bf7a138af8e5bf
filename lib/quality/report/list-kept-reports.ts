import 'server-only';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { keptReportsPrefix, readKeptReportKey } from '@/lib/languages/quality/report/kept-report.ts';
import type { KeptReport } from './schemas';

/** Returns the reports that the schedule made, the newest first. */
export async function listKeptReports(ctx: Context): Promise<KeptReport[]> {
  requirePermission(ctx, 'quality:read');
  const { resultsBucket } = await getLake();
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({ Bucket: resultsBucket, Prefix: keptReportsPrefix, ContinuationToken: token }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  });
  const byDate = new Map<string, KeptReport>();
  for (const { Key = '', LastModified } of items) {
    const kept = readKeptReportKey(Key);
    if (!kept) continue;
    const report = byDate.get(kept.date) ?? { date: kept.date, formats: [] };
    report.formats.push(kept.format);
    if (LastModified) report.writtenAt = LastModified.getTime();
    byDate.set(kept.date, report);
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
}
