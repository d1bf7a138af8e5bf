import { z } from 'zod';

/** `?query=` opens a statement, so that it can be linked to; it is never run by itself. */
export const SqlSearch = z.object({ query: z.string().max(100_000).optional().catch(undefined) });
