import { z } from 'zod';
import { parseMoment } from '@/lib/languages/trino-sql/moment.ts';
import { zones } from '@/lib/storage/schemas';

/** Which folder, and as of when (ISO 8601); what cannot be read as a moment is none. */
export const PointInTimeSearch = z.object({
  zone: z.enum(zones).catch('raw'),
  prefix: z.string().max(1024).catch(''),
  at: z
    .string()
    .transform((text) => parseMoment(text))
    .optional()
    .catch(undefined),
});
