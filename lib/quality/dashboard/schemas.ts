import { z } from 'zod';
import type { QualityFigures } from '@/lib/languages/quality/figures.ts';

export const PERIODS = ['7', '28', '90'] as const;
const Period = z.enum(PERIODS).default('28').transform(Number);

/** Table and dataset names of the catalog. */
export const TableName = z.string().min(1).max(255);

export const GetDashboard = z.object({ days: Period, timeZone: z.string().max(64).default('UTC') });
export type GetDashboard = z.input<typeof GetDashboard>;

export const GetMissing = z.object({ table: TableName, days: Period, timeZone: z.string().max(64).default('UTC') });
export type GetMissing = z.input<typeof GetMissing>;

export const GetMetricSeries = z.object({ table: TableName, metric: z.string().min(1).max(300), days: Period });
export type GetMetricSeries = z.input<typeof GetMetricSeries>;

export const CountRuns = z.object({ days: Period, timeZone: z.string().max(64).default('UTC') });
export type CountRuns = z.input<typeof CountRuns>;

export interface QualityDashboard extends QualityFigures {
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
  band?: { points: number; season?: number; trend?: number };
  /** While it cannot know. */
  learning?: { points: number; needed: number };
}
