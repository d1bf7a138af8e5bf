import { defineRoute } from '@/lib/http';
import { getKeptReport } from '@/lib/quality';
import type { GetKeptReport } from '@/lib/quality/report/schemas';
import { reportResponse } from '../report-response';

export const GET = defineRoute<never>(
  async (ctx, { query }) =>
    // The verb's schema refuses what is no day.
    reportResponse(await getKeptReport(ctx, query as GetKeptReport)),
  { action: 'quality.exportReport' },
);
