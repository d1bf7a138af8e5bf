import { createHash } from 'node:crypto';

/** The hash before the first event. */
export const GENESIS = '0'.repeat(64);

/** A link of the chain: everything that is known of an event, the place it has and the hash of the event before it. */
export interface ChainedEvent {
  id: string;
  at: Date;
  actorEmail: string;
  actorRole: string;
  action: string;
  subject: string;
  details: unknown;
  requestId: string;
  outcome: string;
  sourceIp: string | null;
  userAgent: string | null;
  sequence: number;
  previousHash: string;
  hash: string;
}

/** SHA-256 of an event's canonical form, in hexadecimal. */
export function eventHash(event: Omit<ChainedEvent, 'hash'>): string {
  return createHash('sha256').update(canonicalForm(event)).digest('hex');
}

/**
 * A JSON array of the fields in this order, details with their keys sorted: no two events have the same one, and anybody
 * can compute it again from an export. The first element is the form's version.
 */
function canonicalForm(event: Omit<ChainedEvent, 'hash'>): string {
  return JSON.stringify([
    'lacustre-audit-1',
    String(event.sequence),
    event.previousHash,
    event.id,
    event.at.toISOString(),
    event.actorEmail,
    event.actorRole,
    event.action,
    event.subject,
    sorted(event.details),
    event.requestId,
    event.outcome,
    event.sourceIp,
    event.userAgent,
  ]);
}

/** The database keeps JSON with its keys in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  // An array of pairs and not an object: keys that look like numbers would change places in it.
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
