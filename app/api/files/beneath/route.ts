import { defineRoute } from '@/lib/http';
import { listBeneath } from '@/lib/storage';
import type { ListBeneath } from '@/lib/storage/change-schemas';

// The verb's schema refuses a zone that there is not.
export const GET = defineRoute(async (ctx, { query }) => listBeneath(ctx, query as ListBeneath));
