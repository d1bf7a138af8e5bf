import { defineRoute } from '@/lib/http';
import { listQueryHistory } from '@/lib/query';

export const GET = defineRoute((ctx, { query }) => listQueryHistory(ctx, query));
