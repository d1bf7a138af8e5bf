import { z } from 'zod';

export const OUTCOMES = ['done', 'denied', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** First halves of the names of actions. */
export const AREAS = [
  'account',
  'access',
  'api',
  'audit',
  'contracts',
  'crawlers',
  'datasets',
  'files',
  'incidents',
  'invitations',
  'lineage',
  'people',
  'quality',
  'queries',
  'runs',
  'sessions',
  'tables',
  'tokens',
] as const;

/** A day as the browser has it is two moments: the page turns one into the other. */
const Moment = z.coerce.number().int().nonnegative();
const Text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((text) => text || undefined);

const EventFilter = z.object({
  /** An e-mail address. */
  person: Text(320),
  /** `files.delete`, or the area `files`. */
  action: Text(100),
  outcome: z.enum(OUTCOMES).optional(),
  /** Milliseconds since the epoch. */
  since: Moment.optional(),
  until: Moment.optional(),
  /** A part of the subject, the details, the address or the browser, in any capitals. */
  text: Text(200),
  request: Text(100),
});
export type ParsedFilter = z.output<typeof EventFilter>;

export const ListEvents = EventFilter.extend({
  /** The place of the last event of the answer before. */
  after: z.coerce.number().int().positive().optional(),
});
export type ListEvents = z.input<typeof ListEvents>;

export const FORMATS = ['csv', 'ndjson'] as const;
export const ExportEvents = EventFilter.extend({ format: z.enum(FORMATS) });

/** Where the thing that an event is about can be looked at. */
export interface SubjectLink {
  kind: 'file' | 'run' | 'dataset' | 'person' | 'query' | 'incident';
  href: string;
}

/** One action in the console. Times in milliseconds. */
export interface AuditRow {
  id: string;
  /** Its place in the chain; null for an event that somebody has slipped in. */
  sequence: number | null;
  at: number;
  actorEmail: string;
  actorRole: string;
  action: string;
  subject: string;
  outcome: Outcome;
  details: Record<string, unknown>;
  requestId: string;
  sourceIp: string | null;
  userAgent: string | null;
  previousHash: string | null;
  hash: string | null;
}

export type ListedEvent = AuditRow & { link?: SubjectLink };

export interface EventPage {
  events: ListedEvent[];
  /** Goes on behind this answer; a filter may leave an answer with few events, or none, and more behind. */
  next?: number;
  /** How far back was looked, in milliseconds, where there is more behind. */
  readTo?: number;
}
