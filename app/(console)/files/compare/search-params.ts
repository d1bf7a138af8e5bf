import { z } from 'zod';
import { zones } from '@/lib/storage/schemas';

const Id = z.string().min(1).max(1024).optional().catch(undefined);

/** Which two versions of which file, and how their rows are told apart. */
export const CompareSearch = z.object({
  zone: z.enum(zones).catch('raw'),
  key: z.string().max(1024).catch(''),
  from: Id,
  to: Id,
  by: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .optional()
    .catch(undefined),
  as: z.literal('text').optional().catch(undefined),
});
