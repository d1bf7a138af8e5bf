import { verifyCalls } from '@/lib/audit';
import { defineRoute, jsonLines } from '@/lib/http';

/** A line for each step of the verification; whoever stops listening stops it. */
export const POST = defineRoute(async (ctx) =>
  jsonLines(ctx, verifyCalls(ctx), { action: 'audit.verify', input: () => ({ id: 'aws' }) }),
);
