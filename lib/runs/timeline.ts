import type { RunState } from '@/lib/languages/contract/run-state.ts';
import type { Attempt, RunEvent, Visit, VisitStatus } from './schemas';

/**
 * Returns the passages through states that a history tells, in the order they began.
 *
 * Events of parallel branches interleave, so an event belongs to the state of the event it follows (`previousId`), not
 * to the state entered last. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export function timeline(events: RunEvent[], run: RunState): Visit[] {
  const visits: OpenVisit[] = [];
  const owner = new Map<number, OpenVisit | undefined>();
  for (const event of events) {
    const before = owner.get(event.previousId);
    const visit = event.type.endsWith('StateEntered') ? enter(event, before, visits) : follow(event, before);
    owner.set(event.id, visit);
  }
  for (const visit of visits) settle(visit, run, events.at(-1));
  if (run === 'rejected' || run === 'held') markTurnedAway(visits, run);
  return visits.map(({ parent: _parent, ...visit }) => visit);
}

interface OpenVisit extends Visit {
  parent?: OpenVisit;
}

function enter(event: RunEvent, before: OpenVisit | undefined, visits: OpenVisit[]): OpenVisit {
  const parent = before?.endedAt === undefined ? before : before.parent;
  const visit: OpenVisit = {
    id: event.id,
    state: event.state ?? '',
    type: event.type.slice(0, -'StateEntered'.length),
    startedAt: event.at,
    status: 'running',
    attempts: [],
    ...(event.input === undefined ? {} : { input: event.input }),
    ...(parent ? { parent } : {}),
  };
  visits.push(visit);
  return visit;
}

function follow(event: RunEvent, before: OpenVisit | undefined): OpenVisit | undefined {
  if (event.type.endsWith('StateExited')) {
    const visit = climb(before, (open) => open.state === event.state && open.endedAt === undefined);
    if (visit) exit(visit, event);
    return visit;
  }
  const visit = climb(before, (open) => open.endedAt === undefined);
  if (visit && !event.type.startsWith('Execution')) attempt(visit, event);
  return visit;
}

function climb(from: OpenVisit | undefined, matches: (visit: OpenVisit) => boolean): OpenVisit | undefined {
  for (let visit = from; visit; visit = visit.parent) if (matches(visit)) return visit;
  return undefined;
}

function exit(visit: OpenVisit, event: RunEvent): void {
  visit.endedAt = event.at;
  visit.output = event.output;
  // A caught failure leaves the state too: what its last try did is what a person wants to see.
  visit.status = visit.attempts.at(-1)?.status === 'failed' ? 'failed' : 'succeeded';
}

const failures = ['Failed', 'TimedOut', 'Aborted'];

/** Scheduled begins a try of a task or a Lambda; Succeeded, Failed and TimedOut end it. */
function attempt(visit: OpenVisit, event: RunEvent): void {
  if (event.type.endsWith('Scheduled')) {
    visit.attempts.push({ number: visit.attempts.length + 1, startedAt: event.at, status: 'running' });
    return;
  }
  const current = visit.attempts.at(-1);
  if (!current || current.endedAt !== undefined) return;
  if (event.type.endsWith('Succeeded')) end(current, event, 'succeeded');
  else if (failures.some((suffix) => event.type.endsWith(suffix))) end(current, event, 'failed');
}

function end(current: Attempt, event: RunEvent, status: VisitStatus): void {
  current.endedAt = event.at;
  current.status = status;
  if (event.error !== undefined) current.error = event.error;
  if (event.cause !== undefined) current.cause = event.cause;
}

/** Closes what a finished execution left open: its Fail state, and the task that ran when it was stopped. */
function settle(visit: OpenVisit, run: RunState, last: RunEvent | undefined): void {
  if (run === 'running' || run === 'waiting' || visit.endedAt !== undefined) return;
  visit.status = run === 'stopped' ? 'stopped' : 'failed';
  visit.endedAt = last?.at;
  for (const open of visit.attempts)
    if (open.endedAt === undefined) Object.assign(open, { endedAt: last?.at, status: visit.status });
}

/** From the decision that turned the file away to the end, the data was at fault and not a machine. */
function markTurnedAway(visits: OpenVisit[], how: 'rejected' | 'held'): void {
  const decision = visits.findLastIndex((visit) => visit.type === 'Choice');
  for (const visit of visits.slice(Math.max(decision, 0))) turnAway(visit, how);
  const caught = visits[decision - 1];
  if (caught?.status === 'failed') turnAway(caught, how);
}

function turnAway(visit: OpenVisit, how: 'rejected' | 'held'): void {
  visit.status = how;
  const last = visit.attempts.at(-1);
  if (last?.status === 'failed') last.status = how;
}
