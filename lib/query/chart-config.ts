import { z } from 'zod';

/** How a result is drawn; small, kept beside a saved query, and named by columns so that it outlives a changed order. */
export const CHART_KINDS = ['bar', 'line', 'area', 'scatter', 'pie'] as const;
/** `none`: every row is a point of its own. */
export const CHART_AGGREGATIONS = ['none', 'sum', 'avg', 'count', 'min', 'max'] as const;
export const CHART_SORTS = ['x', 'value', 'result'] as const;
/** More series than the palette has colours cannot be told apart. */
export const CHART_SERIES_MAX = 8;
/** More marks than this on one axis are a smear. */
export const CHART_LIMIT_MAX = 500;

const ColumnName = z.string().max(1024);

export const ChartConfig = z.object({
  kind: z.enum(CHART_KINDS),
  /** The column along the horizontal axis, or of a pie's slices. */
  x: ColumnName,
  /** Columns of numbers, a series each; none for a mere count of rows. */
  y: z.array(ColumnName).max(CHART_SERIES_MAX),
  /** The column whose values make the series, where there is one column of numbers. */
  series: ColumnName.optional(),
  aggregation: z.enum(CHART_AGGREGATIONS),
  isStacked: z.boolean().default(false),
  sort: z.enum(CHART_SORTS).default('x'),
  /** How many values of `x` are drawn; what is past them is folded into “others”. */
  limit: z.number().int().min(1).max(CHART_LIMIT_MAX).default(60),
});
export type ChartConfig = z.infer<typeof ChartConfig>;
