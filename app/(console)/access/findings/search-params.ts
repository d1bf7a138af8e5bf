import { z } from 'zod';
import { SEVERITIES } from '@/lib/access/findings/schemas';

const text = z.string().min(1).max(200).optional().catch(undefined);

/** Which findings are looked at, as the address has it. */
export const FindingsSearch = z.object({
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  role: text,
  kind: text,
  /** Policies that were looked at before it (milliseconds) are looked at again. */
  since: z.coerce.number().int().nonnegative().optional().catch(undefined),
});
export type FindingsSearch = z.infer<typeof FindingsSearch>;
