import { defineRoute } from '@/lib/http';
import { previewFile } from '@/lib/storage';
import type { PreviewFile } from '@/lib/storage/preview-schemas';

// The verb's schema refuses a zone that there is not.
export const GET = defineRoute(async (ctx, { query }) => previewFile(ctx, query as PreviewFile), {
  action: 'files.preview',
});
