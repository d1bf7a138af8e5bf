import { defineRoute } from '@/lib/http';
import { signQueryDownload } from '@/lib/query';

export const GET = defineRoute<never, { id: string }>(
  async (ctx, { params }) => Response.redirect(await signQueryDownload(ctx, { id: params.id }), 302),
  { action: 'queries.download' },
);
