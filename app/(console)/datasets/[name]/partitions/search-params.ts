import { z } from 'zod';

/** `where` is a condition as Glue takes it; `after` the token of the page before. */
export const PartitionsSearch = z.object({
  where: z.string().trim().max(2048).catch(''),
  after: z.string().max(4096).optional().catch(undefined),
});
export type PartitionsSearch = z.infer<typeof PartitionsSearch>;
