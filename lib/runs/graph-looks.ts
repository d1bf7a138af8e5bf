import type { RunState } from '@/lib/languages/contract/run-state.ts';
import type { Visit, VisitStatus } from './schemas';

export interface Way {
  from: string;
  to: string;
}

export interface NodeState {
  state: VisitStatus | 'waiting';
  durationMs?: number;
  /** The way did not come by here, and cannot any more. */
  isOff: boolean;
}

/** Returns how each state of a machine looks, from the passages through it; a state passed twice shows the last. */
export function nodeStates(
  ids: readonly string[],
  ways: readonly Way[],
  { visits, run, now }: { visits: readonly Visit[]; run: RunState; now: number },
): Record<string, NodeState> {
  const ahead = reachable(ways, openStates(visits, run));
  const isOver = run !== 'running' && run !== 'waiting';
  const entries = ids.map((id): [string, NodeState] => {
    const visit = visits.findLast((each) => each.state === id);
    if (!visit) return [id, { state: 'waiting', isOff: isOver || (visits.length > 0 && !ahead.has(id)) }];
    return [id, { state: visit.status, durationMs: (visit.endedAt ?? now) - visit.startedAt, isOff: false }];
  });
  return Object.fromEntries(entries);
}

export type WayTone = 'open' | 'taken' | 'failed' | 'rejected' | 'off';

/** Returns a function that tells how the way between two states looks. */
export function wayTone(visits: readonly Visit[], looks: Record<string, NodeState>, run: RunState) {
  const taken = new Map(visits.slice(1).map((visit, index) => [`${visits[index]?.state} → ${visit.state}`, visit]));
  const isOver = run !== 'running' && run !== 'waiting';
  return ({ from, to }: Way): WayTone => {
    const visit = taken.get(`${from} → ${to}`);
    if (visit?.status === 'held') return 'rejected';
    if (visit) return visit.status === 'rejected' || visit.status === 'failed' ? visit.status : 'taken';
    return isOver || looks[to]?.isOff || looks[from]?.isOff || looks[from]?.state === 'succeeded' ? 'off' : 'open';
  };
}

/** Returns the share of its way that a run has made: 1 when it is over, less while states lie ahead. */
export function progress(ways: readonly Way[], visits: readonly Visit[], run: RunState): number {
  if (run !== 'running' && run !== 'waiting') return 1;
  const last = visits.at(-1);
  if (!last) return 0;
  const left = stepsToEnd(ways, last.state);
  return visits.length / (visits.length + left + 1);
}

function openStates(visits: readonly Visit[], run: RunState): string[] {
  if (run !== 'running' && run !== 'waiting') return [];
  const open = visits.filter((visit) => visit.endedAt === undefined).map((visit) => visit.state);
  const last = visits.at(-1);
  // Between two states nothing is open: what follows the last one is ahead.
  return open.length > 0 ? open : last ? [last.state] : [];
}

function reachable(ways: readonly Way[], from: readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen) for (const way of ways) if (way.from === id) seen.add(way.to);
  return seen;
}

/** The fewest steps from a state to one that nothing follows. */
function stepsToEnd(ways: readonly Way[], from: string): number {
  let front = [from];
  for (let steps = 0; steps <= ways.length; steps++) {
    if (front.some((id) => ways.every((way) => way.from !== id))) return steps;
    front = ways.filter((way) => front.includes(way.from)).map((way) => way.to);
  }
  return 0;
}
