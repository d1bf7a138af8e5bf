import { qualityPrefix } from '../evaluation.ts';

/** Days that a scheduled report looks back on. */
export const SCHEDULED_DAYS = 28;

export const keptReportsPrefix = `${qualityPrefix}reports/`;

export const REPORT_FORMATS = ['pdf', 'csv', 'json'] as const;
export type ReportFormatName = (typeof REPORT_FORMATS)[number];

/** Where the results zone keeps the report that was made on a day (`2026-11-26`). */
export function keptReportKey(date: string, format: ReportFormatName): string {
  return `${keptReportsPrefix}${date}.${format}`;
}

/** The day and the format of a key; undefined for whatever else lies there. */
export function readKeptReportKey(key: string): { date: string; format: ReportFormatName } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})\.(\w+)$/.exec(key.slice(keptReportsPrefix.length));
  const format = REPORT_FORMATS.find((each) => each === match?.[2]);
  return match?.[1] && format && key.startsWith(keptReportsPrefix) ? { date: match[1], format } : undefined;
}
