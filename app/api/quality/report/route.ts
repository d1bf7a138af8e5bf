import { getLocale, getTimeZone } from 'next-intl/server';
import { defineRoute } from '@/lib/http';
import { exportReport } from '@/lib/quality';
import type { ExportReport } from '@/lib/quality/report/schemas';
import { reportResponse } from './report-response';

/** The report on the last days in the reader's language, as PDF or CSV. */
export const GET = defineRoute<never>(
  async (ctx, { query }) => {
    const reader = { locale: await getLocale(), timeZone: await getTimeZone() };
    // The verb's schema refuses another format or period.
    return reportResponse(await exportReport(ctx, { ...query, ...reader } as ExportReport));
  },
  { action: 'quality.exportReport' },
);
