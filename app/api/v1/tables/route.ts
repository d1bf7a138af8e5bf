import { listDatasets } from '@/lib/catalog';
import { defineEndpoint } from '@/lib/data-api';

export const GET = defineEndpoint('catalog', async (ctx) => {
  const { database, datasets } = await listDatasets(ctx);
  const tables = datasets.flatMap(({ tables }) =>
    tables.map(({ name, dataset, columns, rows, sizeBytes }) => ({ name, dataset, columns, rows, sizeBytes })),
  );
  return Response.json({ database, tables }, { headers: { 'cache-control': 'no-store' } });
});
