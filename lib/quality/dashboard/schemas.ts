import { z } from 'zod';
import type { EvaluationVerdict, Gate, RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

/** Below it a score is said to be under target; a score is from 0 to 1. */
export const TARGET = 0.95;

export const PERIODS = ['7', '28', '90'] as const;
export type PeriodDays = (typeof PERIODS)[number];
const Period = z.enum(PERIODS).default('28').transform(Number);

/** Table and dataset names of the catalog. */
export const TableName = z.string().min(1).max(255);

export const GetDashboard = z.object({ days: Period, timeZone: z.string().max(64).default('UTC') });
export type GetDashboard = z.input<typeof GetDashboard>;

export const GetMissing = z.object({ table: TableName, days: Period, timeZone: z.string().max(64).default('UTC') });
export type GetMissing = z.input<typeof GetMissing>;

export const GetMetricSeries = z.object({ table: TableName, metric: z.string().min(1).max(300), days: Period });
export type GetMetricSeries = z.input<typeof GetMetricSeries>;

export const CountRuns = z.object({ days: Period });
export type CountRuns = z.input<typeof CountRuns>;

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

export interface QualityDashboard {
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
  openIncidents: number;
  unreadable: { key: string; reason: string }[];
}

/** Share of empty cells of a column on each day; null where the day has no evaluation, undefined where it had no such column. */
export interface MissingData {
  table: string;
  days: { day: string; evaluationId?: string; rows?: number }[];
  columns: { name: string; shares: (number | null | undefined)[] }[];
}

export interface SeriesPoint {
  at: number;
  value: number;
  evaluationId: string;
  /** What the points before let expect. */
  lower?: number;
  upper?: number;
  isAnomaly: boolean;
}

export interface MetricSeries {
  table: string;
  metric: string;
  points: SeriesPoint[];
  /** What the last band was made of. */
  band?: { points: number; season?: number };
  /** While it cannot know. */
  learning?: { points: number; needed: number };
}

export interface RunCounts {
  succeeded: number;
  failed: number;
  rejected: number;
  /** There are more than were counted. */
  isCut: boolean;
}
