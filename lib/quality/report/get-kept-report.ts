import 'server-only';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { keptReportKey } from '@/lib/languages/quality/report/kept-report.ts';
import { GetKeptReport, type ReportFile } from './schemas';

const TYPES = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

/** Returns a report that the schedule made, as a file. */
export async function getKeptReport(ctx: Context, raw: GetKeptReport): Promise<ReportFile> {
  requirePermission(ctx, 'quality:read');
  const { date, format } = GetKeptReport.parse(raw);
  const { resultsBucket } = await getLake();
  const { Body } = await ctx.aws.s3.send(
    new GetObjectCommand({ Bucket: resultsBucket, Key: keptReportKey(date, format) }),
  );
  return { name: `quality-${date}.${format}`, type: TYPES[format], body: Body?.transformToWebStream() ?? '' };
}
