import { defineRoute } from '@/lib/http';
import { findSameSized } from '@/lib/storage';
import type { FindSameSized } from '@/lib/storage/schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => findSameSized(ctx, await jsonBody<FindSameSized>(request)));
