import { checkReading, defineEndpoint, readJson } from '@/lib/data-api';
import { StartInput } from '@/lib/data-api/contract';
import { runQuery } from '@/lib/query';

export const POST = defineEndpoint('query', async (ctx, { request }) => {
  const { query } = StartInput.parse(await readJson(request));
  checkReading(query);
  const { id } = await runQuery(ctx, { sql: query });
  return Response.json({ id }, { status: 202, headers: { location: `/api/v1/queries/${id}` } });
});
