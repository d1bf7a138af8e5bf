import { defineRoute } from '@/lib/http';
import { listSavedQueries } from '@/lib/query';

export const GET = defineRoute((ctx, { query }) => listSavedQueries(ctx, { deleted: query.deleted === 'yes' }));
