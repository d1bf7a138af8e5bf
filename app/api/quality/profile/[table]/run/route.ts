import { defineRoute } from '@/lib/http';
import { cancelProfile, findProfileRun, startProfile } from '@/lib/quality/profile';
import type { ProfileRun } from '@/lib/quality/profile/schemas';

type Params = { table: string };

export const GET = defineRoute<{ run: ProfileRun | null }, Params>(async (ctx, { params }) => ({
  run: (await findProfileRun(ctx, { table: params.table })) ?? null,
}));

export const POST = defineRoute<ProfileRun, Params>((ctx, { params }) => startProfile(ctx, { table: params.table }), {
  action: 'quality.profile',
});

export const DELETE = defineRoute<object, Params>(
  async (ctx, { params }) => {
    await cancelProfile(ctx, { table: params.table });
    return {};
  },
  { action: 'quality.cancelProfile' },
);
