import { defineRoute } from '@/lib/http';
import { signDownload } from '@/lib/storage';
import type { SignDownload } from '@/lib/storage/schemas';

export const GET = defineRoute<never>(
  async (ctx, { query }) =>
    // The verb's schema refuses a zone that there is not.
    Response.redirect(await signDownload(ctx, query as SignDownload), 302),
  { action: 'files.download' },
);
