import { listTables } from '@/lib/catalog';
import type { ListTables } from '@/lib/catalog/schemas';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute(async (ctx, { query }) => listTables(ctx, query as ListTables));
