import { z } from 'zod';

const text = z.string().min(1).max(4_000).optional().catch(undefined);

/** What the address says: which evaluation, and whose failing rows; anything else in it is left alone. */
export const TableQualitySearch = z.object({ evaluation: text, rule: text });
