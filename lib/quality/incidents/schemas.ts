import { z } from 'zod';
import type { CauseKind, Facts } from '@/lib/languages/quality/incidents/causes.ts';

const IncidentId = z.string().min(1).max(64);
const Said = z.string().trim().max(2_000);

export const IncidentFilter = z.enum(['open', 'muted', 'resolved', 'all']);
export type IncidentFilter = z.infer<typeof IncidentFilter>;

export const ListIncidents = z.object({
  show: IncidentFilter.default('open'),
  table: z.string().max(255).optional(),
});
export type ListIncidents = z.input<typeof ListIncidents>;

export const GetIncident = z.object({ id: IncidentId });
export type GetIncident = z.input<typeof GetIncident>;

/** A mute ends: for good is what deleting a rule is for. */
export const MUTE_DAYS_MAX = 90;

export const ChangeIncident = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('acknowledge'), id: IncidentId }),
  /** E-mail address; null for nobody. */
  z.object({ verb: z.literal('assign'), id: IncidentId, to: z.email().nullable() }),
  z.object({ verb: z.literal('comment'), id: IncidentId, text: Said.min(1) }),
  z.object({ verb: z.literal('resolve'), id: IncidentId, text: Said.optional() }),
  z.object({ verb: z.literal('reopen'), id: IncidentId, text: Said.optional() }),
  z.object({ verb: z.literal('mute'), id: IncidentId, until: z.iso.datetime({ offset: true }) }),
  z.object({ verb: z.literal('unmute'), id: IncidentId }),
]);
export type ChangeIncident = z.input<typeof ChangeIncident>;

export type IncidentState = 'open' | 'acknowledged' | 'resolved';

export interface IncidentSummary {
  id: string;
  kind: CauseKind;
  database: string;
  table: string;
  dataset: string;
  /** The file's key, the rule or the metric. */
  subject: string;
  state: IncidentState;
  assignee?: string;
  /** All in milliseconds since the epoch. */
  openedAt: number;
  seenAt: number;
  resolvedAt?: number;
  /** Only while it lasts. */
  mutedUntil?: number;
  occurrences: number;
  evaluationId: string;
  facts: Facts;
}

export type IncidentEventKind =
  | 'opened'
  | 'gone'
  | 'replaced'
  | 'deleted'
  | 'acknowledged'
  | 'assigned'
  | 'commented'
  | 'resolved'
  | 'reopened'
  | 'muted'
  | 'unmuted';

export interface IncidentEvent {
  id: string;
  at: number;
  kind: IncidentEventKind;
  /** E-mail address; left out for what a check did. */
  by?: string;
  /** What was said; of `assigned` to whom, of `muted` until when. */
  text?: string;
  evaluationId?: string;
}

export interface IncidentDetail extends IncidentSummary {
  /** Oldest first. */
  events: IncidentEvent[];
  /** Other times that the cause was there, the newest first. */
  others: { id: string; openedAt: number; resolvedAt?: number }[];
}
