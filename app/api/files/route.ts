import { defineRoute } from '@/lib/http';
import { listFiles } from '@/lib/storage';
import type { ListFiles } from '@/lib/storage/schemas';

// The verb's schema refuses a zone that there is not.
export const GET = defineRoute(async (ctx, { query }) => listFiles(ctx, query as ListFiles));
