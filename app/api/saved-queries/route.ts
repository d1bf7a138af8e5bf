import { defineRoute } from '@/lib/http';
import { listSavedQueries } from '@/lib/query';

export const GET = defineRoute((ctx) => listSavedQueries(ctx));
