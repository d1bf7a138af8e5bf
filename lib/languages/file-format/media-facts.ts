/** What is known of a file that is no table. Apart from what reads it, which brings unpackers along. */
import * as z from 'zod';

export const MediaFacts = z.object({
  mediaType: z.string(),
  /** Of an image, in pixels, as it is shown. */
  width: z.number().optional(),
  height: z.number().optional(),
  /** Of a PDF document; left out where its ends do not tell, or are encrypted. */
  pages: z.number().optional(),
  /** Of a text: ISO 639-1; left out where it cannot be told. */
  language: z.string().optional(),
});
export type MediaFacts = z.infer<typeof MediaFacts>;
