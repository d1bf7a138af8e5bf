import { z } from 'zod';
import { LOCALES } from '@/lib/i18n/locales';
import { REPORT_FORMATS, type ReportFormatName } from '@/lib/languages/quality/report/kept-report.ts';
import { GetDashboard } from '../dashboard/schemas';

export const GetReport = GetDashboard;
export type GetReport = z.input<typeof GetReport>;

export const ExportReport = GetDashboard.extend({
  format: z.enum(['pdf', 'csv']).default('pdf'),
  locale: z.enum(LOCALES).default('en'),
});
export type ExportReport = z.input<typeof ExportReport>;

export const GetKeptReport = z.object({ date: z.iso.date(), format: z.enum(REPORT_FORMATS) });
export type GetKeptReport = z.input<typeof GetKeptReport>;

/** A report that the schedule made. */
export interface KeptReport {
  /** `2026-11-23` */
  date: string;
  formats: ReportFormatName[];
  /** Milliseconds since the epoch. */
  writtenAt?: number;
}

export interface ReportFile {
  name: string;
  type: string;
  body: string | Uint8Array<ArrayBuffer> | ReadableStream;
}
