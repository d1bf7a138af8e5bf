import { z } from 'zod';
import { zones } from '@/lib/storage/zones';

/** Which zone is looked at, which folder of it, which names, and from where on. */
export const FilesSearch = z.object({
  zone: z.enum(zones).catch('raw'),
  prefix: z.string().max(1024).catch(''),
  search: z.string().max(1024).catch(''),
  deleted: z.literal('yes').optional().catch(undefined),
  after: z.string().max(2048).optional().catch(undefined),
});
export type FilesSearch = z.output<typeof FilesSearch>;
