import { defineRoute } from '@/lib/http';
import { getRun } from '@/lib/runs';
import type { Run } from '@/lib/runs/schemas';

export const GET = defineRoute<Run, { id: string }>((ctx, { params }) => getRun(ctx, { id: params.id }));
