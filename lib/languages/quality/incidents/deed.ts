/**
 * What people decide about an incident, as the results zone keeps it: with the evaluations it tells which incidents are
 * open, wherever the console's database is not at hand.
 */
import * as z from 'zod';
import { qualityPrefix } from '../evaluation.ts';

export const IncidentDeed = z.object({
  /** SHA-256 of the cause. */
  cause: z.string().min(1),
  kind: z.enum(['resolved', 'reopened', 'muted', 'unmuted']),
  at: z.iso.datetime(),
  /** Of `muted`. */
  until: z.iso.datetime({ offset: true }).optional(),
});
export type IncidentDeed = z.infer<typeof IncidentDeed>;

export const incidentDeedsPrefix = `${qualityPrefix}incidents/`;

/** S3 lists them in the order of their time. */
export function incidentDeedKey({ at }: IncidentDeed, id: string): string {
  return `${incidentDeedsPrefix}${at}-${id}.json`;
}
