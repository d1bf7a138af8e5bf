import { z } from 'zod';
import { IncidentFilter } from '@/lib/quality/incidents/schemas';

/** What the address of the list says; anything else in it is left alone. */
export const IncidentsSearch = z.object({
  show: IncidentFilter.catch('open'),
  table: z.string().min(1).max(255).optional().catch(undefined),
});
