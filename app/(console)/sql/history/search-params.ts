import { z } from 'zod';
import { SOURCES, STATUSES, WHOSE } from '@/lib/query/history/schemas';

const Text = z.string().max(255).optional().catch(undefined);
const Day = z.iso.date().optional().catch(undefined);

/** What is looked for, as the address has it: days are the browser's own. */
export const HistorySearch = z.object({
  whose: z.enum(WHOSE).optional().catch(undefined),
  search: Text,
  person: Text,
  table: Text,
  status: z.enum(STATUSES).optional().catch(undefined),
  source: z.enum(SOURCES).optional().catch(undefined),
  from: Day,
  to: Day,
});
export type HistorySearch = z.infer<typeof HistorySearch>;
