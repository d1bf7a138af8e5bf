import { z } from 'zod';
import { DIMENSIONS } from '@/lib/languages/quality/figures.ts';
import { PERIODS } from '@/lib/quality/dashboard/schemas';

const text = z.string().min(1).max(300).optional().catch(undefined);

/** What the address of the dashboard says; anything else in it is left alone. */
export const QualitySearch = z.object({
  days: z.enum(PERIODS).catch('28'),
  table: text,
  metric: text,
  dimension: z.enum(DIMENSIONS).optional().catch(undefined),
});
export type QualitySearch = z.infer<typeof QualitySearch>;
