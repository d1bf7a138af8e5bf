import 'server-only';
import type { ExportProgress } from './export-schemas';

interface Ticket extends ExportProgress {
  /** Nobody but whoever asked for it sees or stops it. */
  userId: string;
  controller: AbortController;
}

const KEPT_MAX = 500;
const tickets = new Map<string, Ticket>();

/** Begins to count an export. In memory: it lasts as long as its download does. */
export function openTicket(name: string, userId: string): Ticket {
  const ticket: Ticket = { state: 'running', rows: 0, bytes: 0, userId, controller: new AbortController() };
  tickets.set(name, ticket);
  const oldest = tickets.keys().next().value;
  if (tickets.size > KEPT_MAX && oldest !== undefined) tickets.delete(oldest);
  return ticket;
}

export function findTicket(name: string, userId: string): Ticket | undefined {
  const ticket = tickets.get(name);
  return ticket?.userId === userId ? ticket : undefined;
}
