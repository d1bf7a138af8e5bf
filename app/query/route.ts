import { defineEndpoint, jsonAnswer, readQuery } from '@/lib/data-api';
import { QueryInput } from '@/lib/data-api/contract';

export const GET = defineEndpoint('query', async (ctx, { query }) => {
  const rows = await readQuery(ctx, QueryInput.parse(query));
  return jsonAnswer({ query: rows.query }, rows);
});
