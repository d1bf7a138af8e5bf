import { z } from 'zod';
import { zones } from '@/lib/storage/schemas';

const Id = z.string().min(1).max(1024).optional().catch(undefined);

/** Which file, which version of it, and from where on its timeline is shown. */
export const FileSearch = z.object({
  zone: z.enum(zones).catch('raw'),
  key: z.string().max(1024).catch(''),
  version: Id,
  after: Id,
  before: Id,
});
