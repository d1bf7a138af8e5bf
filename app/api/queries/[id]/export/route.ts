import { defineRoute } from '@/lib/http';
import { cancelExport, exportResult, getExport } from '@/lib/query';
import type { ExportProgress } from '@/lib/query/export/export-schemas';
import { attachment } from '@/lib/storage/attachment';

/** With a format, the file; with a ticket alone, how far the file that was asked for with it is. */
export const GET = defineRoute<ExportProgress, { id: string }>(
  async (ctx, { params, query }) => {
    if (query.format === undefined) return getExport(ctx, query);
    const { fileName, contentType, body } = await exportResult(ctx, { ...query, id: params.id });
    const headers = { 'content-type': contentType, 'content-disposition': attachment(fileName) };
    return new Response(body, {
      headers: { ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
  },
  { action: ({ query }) => (query.format === undefined ? undefined : 'queries.export') },
);

export const DELETE = defineRoute<object, { id: string }>(async (ctx, { query }) => {
  await cancelExport(ctx, query);
  return {};
});
