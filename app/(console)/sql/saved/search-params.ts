import { z } from 'zod';

export const SavedSearch = z.object({
  /** The id of the one whose versions are looked at. */
  query: z.string().max(128).optional().catch(undefined),
  deleted: z.literal('yes').optional().catch(undefined),
});
