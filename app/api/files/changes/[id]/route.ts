import { defineRoute } from '@/lib/http';
import { getChange } from '@/lib/storage';
import type { Undo } from '@/lib/storage/change-schemas';

export const GET = defineRoute<Undo[], { id: string }>(async (ctx, { params }) => getChange(ctx, { id: params.id }));
