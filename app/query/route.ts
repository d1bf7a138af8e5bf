import { defineEndpoint, jsonAnswer, readQuery } from '@/lib/data-api';
import { QueryInput } from '@/lib/data-api/contract';

export const GET = defineEndpoint('query', async (ctx, { query }) =>
  jsonAnswer(await readQuery(ctx, QueryInput.parse(query))),
);
