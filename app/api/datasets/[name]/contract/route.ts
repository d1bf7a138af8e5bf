import { findContract, keepContract } from '@/lib/catalog';
import type { KeepContract, KeptContract } from '@/lib/catalog/schemas';
import { defineRoute } from '@/lib/http';
import { jsonBody } from '../../../json-body';

export const GET = defineRoute<{ kept: KeptContract | null }, { name: string }>(async (ctx, { params }) => ({
  kept: (await findContract(ctx, { dataset: params.name })) ?? null,
}));

export const PUT = defineRoute<{ etag: string }, { name: string }>(
  async (ctx, { params, request }) => {
    const body = await jsonBody<Omit<KeepContract, 'dataset'>>(request);
    return keepContract(ctx, { ...body, dataset: params.name });
  },
  { action: 'contracts.keep' },
);
