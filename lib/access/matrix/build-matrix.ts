import 'server-only';
import type { AccessDecision, AccessRequest } from '../access-decision';
import type { Decider } from '../decider';
import type { MatrixAction, MatrixEntry, MatrixRow, Verdict } from './schemas';

export interface DatasetRequests {
  dataset: string;
  requests: Record<MatrixAction, AccessRequest[]>;
}

/** Decides each action on each dataset for each decider. Most cells are decided alike: a verdict is kept once. */
export function buildMatrix(
  deciders: readonly Decider[],
  datasets: readonly DatasetRequests[],
  actions: readonly MatrixAction[],
): { rows: MatrixRow[]; verdicts: Verdict[] } {
  const pool = new VerdictPool();
  const cellOf = (decider: Decider, role: number, requests: readonly AccessRequest[]) =>
    requests.map((request) => pool.placeOf(decider.decide(request), role, decider));
  const rows = datasets.map(({ dataset, requests }) => ({
    dataset,
    entries: actions.map(
      (action): MatrixEntry => ({
        action,
        requests: requests[action],
        cells: deciders.map((decider, role) => cellOf(decider, role, requests[action])),
      }),
    ),
  }));
  return { rows, verdicts: pool.verdicts };
}

class VerdictPool {
  readonly verdicts: Verdict[] = [];
  readonly #places = new Map<string, number>();

  placeOf(decision: AccessDecision, role: number, decider: Decider): number {
    const { action: _, resource: __, ...verdict } = decision;
    const { result, source, policy, index } = verdict;
    // Two roles may have policies of one name.
    const key = policy === undefined ? `${result} ${source}` : `${role} ${result} ${source} ${policy} ${index}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const statement = decider.statement(decision);
    this.#places.set(key, this.verdicts.length);
    return this.verdicts.push(statement ? { ...verdict, statement } : verdict) - 1;
  }
}
