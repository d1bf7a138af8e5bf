/** What is said of a lake's quality over a period: made from the records alone, and from what a caller knows beside them. */
import { startOfDay } from '../days.ts';
import type { EvaluationVerdict, QualityEvaluation } from '../evaluation.ts';
import type { QualityFigures } from '../figures.ts';
import { type Folded, foldFigures } from '../fold-figures.ts';

export interface ReportInput extends Folded {
  now: Date;
  /** Evaluations of the period by what came of them. */
  verdicts: Record<EvaluationVerdict, number>;
  /** Records that are none. */
  unreadable: number;
  incidents?: IncidentCounts;
  runs?: RunCounts;
}

/** Of the period, but for `open`, which is now. */
export interface IncidentCounts {
  opened: number;
  resolved: number;
  open: number;
}

export interface RunCounts {
  succeeded: number;
  failed: number;
  /** By the contract, or held by the rules. */
  rejected: number;
  /** There are more than were counted. */
  isCut: boolean;
}

/** Empty cells of a column at the last evaluation of its table. */
export interface MissingColumn {
  table: string;
  column: string;
  missing: number;
  rows: number;
}

export interface QualityReport extends QualityFigures {
  /** ISO 8601. */
  madeAt: string;
  /** Calendar days of `timeZone`, both of the period. */
  from: string;
  to: string;
  days: number;
  timeZone: string;
  evaluations: number;
  verdicts: Record<EvaluationVerdict, number>;
  /** How much the score changed from the first day that has one to the last. */
  movement?: number;
  /** Those with empty cells, the largest share first. */
  missing: MissingColumn[];
  unreadable: number;
  incidents?: IncidentCounts;
  runs?: RunCounts;
}

export function makeReport({ now, verdicts, unreadable, incidents, runs, ...folded }: ReportInput): QualityReport {
  const { days, timeZone, last } = folded;
  const from = startOfDay(days[0] ?? now.toISOString().slice(0, 10), timeZone);
  const unusual = folded.unusual.filter(({ evaluatedAt }) => Date.parse(evaluatedAt) >= from);
  const figures = foldFigures({ ...folded, unusual });
  const scores = figures.trend.flatMap(({ score }) => score ?? []);
  const [first, final] = [scores[0], scores.at(-1)];
  return {
    ...figures,
    ...{ madeAt: now.toISOString(), from: days[0] ?? '', to: days.at(-1) ?? '', days: days.length, timeZone },
    evaluations: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
    verdicts,
    ...(first === undefined || final === undefined ? {} : { movement: final - first }),
    missing: last.flatMap(missingOf).sort((a, b) => b.missing / b.rows - a.missing / a.rows || b.missing - a.missing),
    unreadable,
    ...(incidents ? { incidents } : {}),
    ...(runs ? { runs } : {}),
  };
}

function missingOf({ table, metrics, columns }: QualityEvaluation): MissingColumn[] {
  const rows = metrics['Dataset.*.RowCount'] ?? 0;
  return columns.flatMap(({ name }) => {
    const missing = Math.round(rows * (1 - (metrics[`Column.${name}.Completeness`] ?? 1)));
    return missing > 0 ? [{ table, column: name, missing, rows }] : [];
  });
}
