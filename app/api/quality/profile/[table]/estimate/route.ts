import { defineRoute } from '@/lib/http';
import { estimateProfile } from '@/lib/quality/profile';
import type { ProfileEstimate } from '@/lib/quality/profile/schemas';

export const GET = defineRoute<ProfileEstimate, { table: string }>((ctx, { params, request }) =>
  estimateProfile(ctx, { table: params.table }, request.signal),
);
