import type { AccessRequest } from '@/lib/access/access-decision';
import type { AccessMatrix, Verdict } from '@/lib/access/matrix/schemas';
import type { MatrixSpot } from './matrix-view';

export interface MatrixReason {
  verdict: Verdict;
  requests: AccessRequest[];
}

/** The requests of a cell by what decides them; what denies comes first. */
export function reasonsOf({ verdicts }: Pick<AccessMatrix, 'verdicts'>, { role, entry }: MatrixSpot): MatrixReason[] {
  const places = entry.cells[role] ?? [];
  const byVerdict = Map.groupBy(entry.requests, (_, index) => places[index] ?? -1);
  const reasons = [...byVerdict].flatMap(([place, requests]) => {
    const verdict = verdicts[place];
    return verdict ? { verdict, requests } : [];
  });
  const isAllowed = ({ verdict }: MatrixReason) => Number(verdict.result === 'allowed');
  return reasons.sort((one, other) => isAllowed(one) - isAllowed(other));
}
