import { defineRoute } from '@/lib/http';
import { listCurrent } from '@/lib/storage';
import type { ListCurrent } from '@/lib/storage/change-schemas';
import { jsonBody } from '../../json-body';

export const POST = defineRoute(async (ctx, { request }) => listCurrent(ctx, await jsonBody<ListCurrent>(request)));
