import { z } from 'zod';

/** What the address of the list says; anything else in it is left alone. */
export const RunsSearch = z.object({
  dataset: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .optional()
    .catch(undefined),
});
