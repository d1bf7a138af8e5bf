import { AppError } from '@/lib/errors';
import { defineRoute } from '@/lib/http';
import { zipFiles } from '@/lib/storage';
import { attachment } from '@/lib/storage/attachment';
import type { ZipFiles } from '@/lib/storage/change-schemas';

/** Posted by a form, so that the browser saves what comes while it comes; the keys do not fit into an address. */
export const POST = defineRoute<never>(
  async (ctx, { request }) => {
    const input = await formInput(request);
    const body = await zipFiles(ctx, input);
    const folder = String(input.prefix).split('/').filter(Boolean).at(-1) ?? input.zone;
    const headers = { 'content-type': 'application/zip', 'content-disposition': attachment(`${folder}.zip`) };
    return new Response(body, { headers: { ...headers, 'cache-control': 'no-store' } });
  },
  { action: 'files.download' },
);

/** The form has one field, `input`, which is JSON; what it says, the verb checks. */
async function formInput(request: Request): Promise<ZipFiles> {
  try {
    return JSON.parse(String((await request.formData()).get('input'))) as ZipFiles;
  } catch (cause) {
    throw new AppError('INVALID', 'The form must have a field "input" of JSON.', { cause });
  }
}
