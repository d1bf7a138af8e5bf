import { z } from 'zod';

const Id = z.string().max(128).optional().catch(undefined);

/** `?query=` opens a statement, so that it can be linked to; it is never run by itself. */
export const SqlSearch = z.object({
  query: z.string().max(100_000).optional().catch(undefined),
  /** A saved query's id. */
  saved: Id,
  /** The id of a statement that was run: it opens with its result. */
  execution: Id,
});
