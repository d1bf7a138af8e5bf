import { checkReading, defineEndpoint } from '@/lib/data-api';
import { StartInput } from '@/lib/data-api/contract';
import { runQuery } from '@/lib/query';
import { jsonBody } from '../../json-body';

export const POST = defineEndpoint('query', async (ctx, { request }) => {
  const { query } = StartInput.parse(await jsonBody(request));
  checkReading(query);
  const { id } = await runQuery(ctx, { sql: query });
  return Response.json({ id }, { status: 202, headers: { location: `/api/v1/queries/${id}` } });
});
