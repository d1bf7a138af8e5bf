import { redactMember, redactText } from '@/lib/redact';
import type { NewEvent } from './append-event';

const TEXT_MAX = 2000;
const DETAILS_MAX = 50;

/** Makes an event fit to be kept for good: no secret in it, nothing that the database refuses, nothing without an end. */
export function cleanEvent(event: NewEvent): NewEvent {
  const details = Object.entries(event.details)
    .filter(([, value]) => value !== undefined)
    .slice(0, DETAILS_MAX)
    .map(([name, value]) => [cleanText(name), cleanMember(name, value)] as const);
  return {
    actorEmail: cleanText(event.actorEmail),
    actorRole: cleanText(event.actorRole),
    action: cleanText(event.action),
    subject: cleanText(redactText(event.subject)),
    details: Object.fromEntries(details),
    requestId: cleanText(event.requestId),
    outcome: event.outcome,
    sourceIp: event.sourceIp === null ? null : cleanText(event.sourceIp),
    userAgent: event.userAgent === null ? null : cleanText(redactText(event.userAgent)),
  };
}

function cleanMember(name: string, value: NewEvent['details'][string]): NewEvent['details'][string] {
  const redacted = redactMember(name, value) as NewEvent['details'][string];
  if (typeof redacted === 'number') return Number.isFinite(redacted) ? redacted : null;
  return typeof redacted === 'string' ? cleanText(redacted) : redacted;
}

/** PostgreSQL takes no U+0000 and no half of a surrogate pair. */
function cleanText(text: string): string {
  const whole = text.replaceAll('\0', '\ufffd').toWellFormed();
  return whole.length <= TEXT_MAX ? whole : `${whole.slice(0, TEXT_MAX)}…`.toWellFormed();
}
