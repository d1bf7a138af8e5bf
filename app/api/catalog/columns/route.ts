import { listColumns } from '@/lib/catalog';
import type { ListColumns } from '@/lib/catalog/schemas';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute(async (ctx, { query }) => listColumns(ctx, query as ListColumns));
