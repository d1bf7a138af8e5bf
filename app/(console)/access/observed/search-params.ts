import { z } from 'zod';
import { OBSERVED_PERIODS } from '@/lib/access/observed/schemas';

/** Whose requests are looked at, and how far back. */
export const ObservedSearch = z.object({
  role: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/)
    .optional()
    .catch(undefined),
  days: z.enum(OBSERVED_PERIODS).catch('30'),
});
export type ObservedSearch = z.infer<typeof ObservedSearch>;
