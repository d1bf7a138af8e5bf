import { jsonBody } from '@/app/api/json-body';
import { defineRoute } from '@/lib/http';
import { checkTable } from '@/lib/quality';
import type { CheckTable } from '@/lib/quality/check-schemas';

export const POST = defineRoute(async (ctx, { request }) => checkTable(ctx, await jsonBody<CheckTable>(request)), {
  action: 'quality.check',
});
