import { z } from 'zod';
import { PERIODS } from '@/lib/quality/dashboard/schemas';

export const ReportSearch = z.object({ days: z.enum(PERIODS).catch('28') });
export type ReportSearch = z.infer<typeof ReportSearch>;
