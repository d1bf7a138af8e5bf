import { listEvents } from '@/lib/audit';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute((ctx, { query }) => listEvents(ctx, query));
