import { defineRoute } from '@/lib/http';
import { listChanges } from '@/lib/storage';

export const GET = defineRoute(async (ctx) => listChanges(ctx));
