import { z } from 'zod';
import { OUTCOMES } from '@/lib/audit/schemas';

const Text = z.string().trim().min(1).max(320).optional().catch(undefined);
const Moment = z.iso.datetime().optional().catch(undefined);

/** What is looked for, as the address has it. */
export const AuditSearch = z.object({
  /** `console`: what was done here; `aws`: the calls of AWS that it took, and all others. */
  source: z.enum(['console', 'aws']).catch('console').default('console'),
  text: Text,
  person: Text,
  /** An action or an area of them; of AWS, a service. */
  action: Text,
  outcome: z.enum(OUTCOMES).optional().catch(undefined),
  from: Moment,
  to: Moment,
  request: Text,
});
export type AuditSearch = z.infer<typeof AuditSearch>;
