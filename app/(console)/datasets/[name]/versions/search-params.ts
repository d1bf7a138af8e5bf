import { z } from 'zod';

/** How many events the page begins after. */
export const HistorySearch = z.object({ after: z.coerce.number().int().min(0).max(1_000_000).catch(0) });
