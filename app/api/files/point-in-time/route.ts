import { defineRoute } from '@/lib/http';
import { getPointInTime } from '@/lib/storage';
import type { EditableZone } from '@/lib/storage/schemas';

export const GET = defineRoute((ctx, { query: { zone, prefix = '', at } }) =>
  getPointInTime(ctx, { zone: zone as EditableZone, prefix, at }),
);
