import * as z from 'zod';
import { isLineageUrl } from './post-event.ts';

/** Beside the function that alone reads it: what checks the address brings Node's HTTP client with it. */
export const LineageEnvironment = z.object({
  PROCESSED_BUCKET: z.string(),
  RESULTS_BUCKET: z.string(),
  DATABASE: z.string(),
  /** Where events are posted to as well; empty for nowhere. */
  OPENLINEAGE_URL: z
    .string()
    .default('')
    .refine((url) => url === '' || isLineageUrl(url), 'must be an https:// address'),
  OPENLINEAGE_API_KEY: z.string().optional(),
});
export type LineageEnvironment = z.infer<typeof LineageEnvironment>;
