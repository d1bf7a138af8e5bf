import { defineRoute } from '@/lib/http';
import { getSavedQuery } from '@/lib/query';
import type { SavedQuery } from '@/lib/query/saved/schemas';

export const GET = defineRoute<SavedQuery, { id: string }>((ctx, { params }) => getSavedQuery(ctx, { id: params.id }));
