import { z } from 'zod';
import { MATRIX_ACTIONS } from '@/lib/access/matrix/schemas';

/** What is looked at in the matrix, as the address has it. */
export const MatrixSearch = z.object({
  action: z.enum(MATRIX_ACTIONS).optional().catch(undefined),
  dataset: z.string().min(1).max(255).optional().catch(undefined),
  search: z.string().max(255).optional().catch(undefined),
  services: z.literal('yes').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});
export type MatrixSearch = z.infer<typeof MatrixSearch>;

/** For `routes.accessMatrix`; another choice begins on the first page. */
export function matrixQuery({ page, ...search }: MatrixSearch): Record<string, string | undefined> {
  return { ...search, page: page && page > 1 ? String(page) : undefined };
}
