import { sampleTable } from '@/lib/catalog';
import { defineRoute } from '@/lib/http';
import type { RowPage } from '@/lib/query/schemas';

export const GET = defineRoute<RowPage, { name: string }>(
  (ctx, { params }) => sampleTable(ctx, { table: params.name }),
  { action: 'queries.run' },
);
