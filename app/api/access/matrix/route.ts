import { exportAccessMatrix } from '@/lib/access';
import type { ExportAccessMatrix } from '@/lib/access/matrix/schemas';
import { defineRoute } from '@/lib/http';
import { attachment } from '@/lib/storage/attachment';

/** Who may do what to which dataset, as CSV. */
export const GET = defineRoute<never>(
  async (ctx, { query: { services, ...query } }) => {
    // The verb's schema refuses what is not a filter.
    const input = { ...query, withServices: services === 'yes' } as ExportAccessMatrix;
    const { name, type, body } = await exportAccessMatrix(ctx, input);
    const headers = { 'content-type': type, 'content-disposition': attachment(name), 'cache-control': 'no-store' };
    return new Response(body, { headers });
  },
  { action: 'access.exportMatrix' },
);
