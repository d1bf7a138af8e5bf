import { exportCalls } from '@/lib/audit';
import { defineRoute } from '@/lib/http';
import { attachment } from '@/lib/storage/attachment';

/** The calls of AWS that fit the filters as CSV, or as CloudTrail’s records, one a line. */
export const GET = defineRoute<never>(
  async (ctx, { query }) => {
    const { fileName, contentType, body } = await exportCalls(ctx, query);
    const headers = { 'content-type': contentType, 'content-disposition': attachment(fileName) };
    return new Response(body, { headers: { ...headers, 'cache-control': 'no-store' } });
  },
  { action: 'audit.export' },
);
