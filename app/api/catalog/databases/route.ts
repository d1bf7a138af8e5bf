import { listDatabases } from '@/lib/catalog';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute(async (ctx) => listDatabases(ctx));
