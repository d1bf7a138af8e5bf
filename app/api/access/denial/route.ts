import { explainDenial } from '@/lib/access';
import type { ExplainedDenial } from '@/lib/access/decision-schemas';
import { defineRoute } from '@/lib/http';

export const GET = defineRoute<ExplainedDenial>((ctx, { query }) => explainDenial(ctx, { said: query.said ?? '' }));
