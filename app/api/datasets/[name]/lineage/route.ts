import { defineRoute } from '@/lib/http';
import { exportLineage } from '@/lib/lineage';
import { attachment } from '@/lib/storage/attachment';

/** Every OpenLineage event of a dataset, one line each, oldest first. */
export const GET = defineRoute<never, { name: string }>(
  async (ctx, { params }) => {
    const body = await exportLineage(ctx, { dataset: params.name });
    const headers = {
      'content-type': 'application/x-ndjson',
      'content-disposition': attachment(`${params.name}-lineage.ndjson`),
    };
    return new Response(body, { headers: { ...headers, 'cache-control': 'no-store' } });
  },
  { action: 'lineage.export' },
);
