import { defineRoute } from '@/lib/http';
import { listRunningQueries } from '@/lib/query';

export const GET = defineRoute((ctx) => listRunningQueries(ctx));
