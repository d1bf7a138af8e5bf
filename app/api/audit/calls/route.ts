import { defineRoute } from '@/lib/http';
import { listTrailRecords } from '@/lib/trail';
import type { ListTrailRecords } from '@/lib/trail/schemas';

// The verb's schema refuses what is no moment.
export const GET = defineRoute((ctx, { query }) => listTrailRecords(ctx, query as unknown as ListTrailRecords));
