import { callerParameters, defineEndpoint, listEndpoints, savedPath } from '@/lib/data-api';

export const GET = defineEndpoint('saved', async (ctx, { mayCall }) => {
  const endpoints = await listEndpoints(ctx, mayCall);
  const queries = endpoints.map((endpoint) => ({
    id: endpoint.id,
    name: endpoint.name,
    description: endpoint.description,
    path: savedPath(endpoint.name),
    parameters: callerParameters(endpoint),
  }));
  return Response.json({ queries }, { headers: { 'cache-control': 'no-store' } });
});
