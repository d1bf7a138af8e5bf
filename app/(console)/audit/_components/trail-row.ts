import type { ListedEvent, Outcome, SubjectLink } from '@/lib/audit/schemas';
import { actorOf } from '@/lib/languages/cloudtrail/actor.ts';
import { isDenied, type TrailRecord } from '@/lib/languages/cloudtrail/record.ts';
import type { AuditSearch } from '../search-params';

/** One line of the trail, of either half. */
export interface TrailRow {
  id: string;
  at: number;
  who: string;
  /** The role that they acted as. */
  role?: string;
  action: string;
  /** What a filter takes for “as this one”: the action, or the service of AWS. */
  like: string;
  subject: string;
  outcome: Outcome;
  from?: string;
  requestId?: string;
  /** Slipped in past the console: it has no place in the chain. */
  isOutside?: boolean;
  link?: SubjectLink;
  /** All that is known, to be read as JSON. */
  whole: object;
}

export function rowOfEvent(event: ListedEvent): TrailRow {
  const { link, ...whole } = event;
  return {
    id: event.id,
    at: event.at,
    who: event.actorEmail,
    role: event.actorRole,
    action: event.action,
    like: event.action,
    subject: event.subject,
    outcome: event.outcome,
    ...(event.sourceIp ? { from: event.sourceIp } : {}),
    requestId: event.requestId,
    isOutside: event.sequence === null,
    ...(link ? { link } : {}),
    whole: { ...whole, at: new Date(event.at).toISOString() },
  };
}

export function rowOfCall(record: TrailRecord): TrailRow {
  const { eventID, eventTime, eventSource, eventName, errorCode, resources, sourceIPAddress, requestID } = record;
  const { name, roleName } = actorOf(record);
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  const failure = isDenied(record) ? 'denied' : 'failed';
  // The most telling one: an object's address is longer than its bucket's.
  const arns = resources?.flatMap(({ ARN, ARNPrefix }) => ARN ?? ARNPrefix ?? []) ?? [];
  return {
    id: eventID,
    at: Date.parse(eventTime),
    who: name,
    ...(roleName ? { role: roleName } : {}),
    action: `${service}:${eventName}`,
    like: service,
    subject: arns.toSorted((a, b) => b.length - a.length)[0] ?? '–',
    outcome: errorCode === undefined ? 'done' : failure,
    ...(sourceIPAddress ? { from: sourceIPAddress } : {}),
    ...(requestID ? { requestId: requestID } : {}),
    whole: record,
  };
}

const AROUND_MS = 60_000;

/** What the same person did around the same time, in the other half of the trail. */
export function otherHalf({ who, at }: TrailRow, source: AuditSearch['source']): Record<string, string> {
  const around = { person: who, from: isoAt(at - AROUND_MS), to: isoAt(at + AROUND_MS) };
  return source === 'console' ? { ...around, source: 'aws' } : around;
}

const isoAt = (at: number) => new Date(at).toISOString();
