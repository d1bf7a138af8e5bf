import { type EvaluationVerdict, type QualityEvaluation, scoreOf } from '../evaluation.ts';
import type { Scored } from '../fold-trend.ts';

/** No evaluation yet. */
export function noVerdicts(): Record<EvaluationVerdict, number> {
  return { passed: 0, warned: 0, held: 0, quarantined: 0 };
}

/** Takes record after record, in any order, and keeps of each only what a report needs: a lake may have many thousands. */
export class EvaluationTally {
  readonly #from: number;
  readonly #last = new Map<string, QualityEvaluation>();
  readonly scores: Scored[] = [];
  readonly verdicts = noVerdicts();
  readonly #unusual: QualityEvaluation[] = [];

  /** `from` is when the period begins; what is older counts for where the period started from. */
  constructor(from: Date) {
    this.#from = from.getTime();
  }

  add(record: QualityEvaluation): void {
    const at = Date.parse(record.evaluatedAt);
    const last = this.#last.get(record.table);
    if (!last || Date.parse(last.evaluatedAt) <= at) this.#last.set(record.table, record);
    this.scores.push({ table: record.table, at, score: scoreOf(record) ?? null });
    if (at < this.#from) return;
    this.verdicts[record.verdict] += 1;
    if (record.anomalies.length > 0) this.#unusual.push({ ...record, rulesets: [], metrics: {}, columns: [] });
  }

  /** The last record of each table. */
  get last(): QualityEvaluation[] {
    return [...this.#last.values()];
  }

  /** Oldest first. */
  get unusual(): QualityEvaluation[] {
    return this.#unusual.toSorted((a, b) => Date.parse(a.evaluatedAt) - Date.parse(b.evaluatedAt));
  }
}
