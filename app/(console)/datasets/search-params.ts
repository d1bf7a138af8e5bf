import { z } from 'zod';
import { FRESHNESS } from '@/lib/catalog/freshness';
import { zones } from '@/lib/storage/zones';

const Text = z.string().max(255).optional().catch(undefined);

export const SORTS = ['name', 'zone', 'owner', 'freshness', 'rows', 'size', 'quality'] as const;
export type Sort = (typeof SORTS)[number];

export const QUALITIES = ['passing', 'failing', 'none'] as const;

/** What is looked for in the catalog, as the address has it. */
export const DatasetsSearch = z.object({
  search: Text,
  database: Text,
  zone: z
    .enum([...zones, 'elsewhere'])
    .optional()
    .catch(undefined),
  owner: Text,
  tag: Text,
  format: Text,
  freshness: z.enum(FRESHNESS).optional().catch(undefined),
  quality: z.enum(QUALITIES).optional().catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});
export type DatasetsSearch = z.infer<typeof DatasetsSearch>;
