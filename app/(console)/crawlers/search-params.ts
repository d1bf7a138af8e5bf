import { z } from 'zod';
import type { PlanSource } from '@/lib/crawlers/schemas';
import { zones } from '@/lib/storage/zones';

export const delimiterNames = ['comma', 'semicolon', 'tab', 'pipe'] as const;
const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** What to look at; without a crawler and without a folder there is no dry run yet. */
export const CrawlerSearch = z.object({
  crawler: z.string().min(1).max(255).optional().catch(undefined),
  zone: z.enum(zones).catch('processed'),
  prefix: z.string().max(1024).optional().catch(undefined),
  delimiter: z.enum(delimiterNames).optional().catch(undefined),
  header: z.enum(['PRESENT', 'ABSENT']).optional().catch(undefined),
  serde: z.enum(['OpenCSVSerDe', 'LazySimpleSerDe']).optional().catch(undefined),
});
export type CrawlerSearch = z.output<typeof CrawlerSearch>;

export function planSource({ crawler, prefix, delimiter, ...rest }: CrawlerSearch): PlanSource | undefined {
  if (crawler === undefined && prefix === undefined) return undefined;
  // A folder is written as people write it: `sales`, `/sales/`.
  const folder = prefix?.trim().replace(/^\/+/, '') ?? '';
  return { ...rest, crawler, prefix: folder, delimiter: delimiter && delimiters[delimiter] };
}
