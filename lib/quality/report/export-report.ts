import 'server-only';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { reportCsv } from '@/lib/languages/quality/report/report-csv.ts';
import { reportPdf } from '@/lib/languages/quality/report/report-pdf.ts';
import { getReport } from './get-report';
import { ExportReport, type ReportFile } from './schemas';

/** Returns the report on a period that ends now, as a file. */
export async function exportReport(ctx: Context, raw: ExportReport): Promise<ReportFile> {
  requirePermission(ctx, 'quality:read');
  requireAllowance(ctx, 'report');
  const { format, locale, timeZone } = ExportReport.parse(raw);
  const report = await getReport(ctx, { days: raw.days, timeZone });
  const name = `quality-${report.from}-${report.to}.${format}`;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', body: reportCsv(report) };
  return { name, type: 'application/pdf', body: new Uint8Array(await reportPdf(report, locale)) };
}
