import { listActions } from '@/lib/access';
import type { ActionChoice } from '@/lib/access/decision-schemas';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute<ActionChoice[]>((ctx, { query }) => listActions(ctx, { text: query.text ?? '' }));
