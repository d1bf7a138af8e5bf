/** The figures that people see of quality: of the dashboard, and of the report. */
import type { EvaluationVerdict, Gate, RuleOutcome } from './evaluation.ts';

/** Below it a score is said to be under target; a score is from 0 to 1. */
export const TARGET = 0.95;

export const DIMENSIONS = ['completeness', 'validity', 'uniqueness', 'freshness'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** `part` of `whole`: cells that are filled, for completeness; else rules that pass. No share where there is nothing to ask. */
export interface DimensionFigure {
  dimension: Dimension;
  part: number;
  whole: number;
}

export interface TrendPoint {
  /** `2026-11-26`, in the reader's zone. */
  day: string;
  /** Null before the first evaluation. */
  score: number | null;
}

export interface TableQuality {
  table: string;
  dataset: string;
  /** Of the last evaluation; left out where it was never checked, and where it has no rules. */
  score?: number;
  rules: number;
  failing: number;
  rows?: number;
  /** Milliseconds since the epoch. */
  at?: number;
  verdict?: EvaluationVerdict;
  evaluationId?: string;
  trend: TrendPoint[];
}

export interface FailingRule
  extends Pick<
    RuleOutcome,
    'rule' | 'type' | 'result' | 'message' | 'code' | 'values' | 'failingRows' | 'checkedRows'
  > {
  table: string;
  dataset: string;
  ruleset: string;
  gate: Gate;
  dimension: Dimension | undefined;
  /** When its incident was opened, else when it was found. Milliseconds since the epoch. */
  since: number;
  incidentId?: string;
  assignee?: string;
  evaluationId: string;
}

export interface FoundAnomaly {
  table: string;
  metric: string;
  at: number;
  value?: number;
  lower?: number;
  upper?: number;
  evaluationId: string;
}

/** The quality of the lake as of its last evaluations, and how it came to be so in a period. */
export interface QualityFigures {
  /** Checked or not, the tables of the lake; those with a bad score first. */
  tables: TableQuality[];
  rules: number;
  checkedAt?: number;
  score?: number;
  trend: TrendPoint[];
  /** Against the end of yesterday, and the table that moved the score most. */
  change?: { by: number; mostly?: string };
  failing: FailingRule[];
  dimensions: DimensionFigure[];
  /** Of the period, the newest first. */
  anomalies: FoundAnomaly[];
}
