import { z } from 'zod';

/** Two profiles, by when they were begun, that are compared; none of the two shows the newest one. */
export const ProfileSearch = z.object({
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
});
