/** What a profile of a table says of it: made by few scans, kept for each version of the table. */
import * as z from 'zod';

const Histogram = z.array(
  z.object({
    /** Inclusive; numbers, and moments as milliseconds since 1970. */
    from: z.number(),
    /** Exclusive, but for the last bin. */
    to: z.number(),
    rows: z.number().int(),
  }),
);

/** What a column seems to hold of people; a guess from its name and its values. */
export const SensitiveKind = z.enum(['email', 'phone', 'iban', 'name', 'ip']);
export type SensitiveKind = z.infer<typeof SensitiveKind>;

export const ColumnProfile = z.object({
  name: z.string(),
  /** Athena's type. */
  type: z.string(),
  kind: z.enum(['number', 'text', 'moment', 'boolean', 'other']),
  nulls: z.number().int(),
  /** Exact where `isDistinctExact`; else within some percent. */
  distinct: z.number().int().optional(),
  isDistinctExact: z.boolean().optional(),
  /** Values that only one row has. */
  unique: z.number().int().optional(),
  /** As Athena prints them. */
  min: z.string().optional(),
  max: z.string().optional(),
  mean: z.number().optional(),
  standardDeviation: z.number().optional(),
  /** Of numbers and moments. */
  quantiles: z
    .object({
      p1: z.number(),
      p5: z.number(),
      p25: z.number(),
      p50: z.number(),
      p75: z.number(),
      p95: z.number(),
      p99: z.number(),
    })
    .optional(),
  zeros: z.number().int().optional(),
  negatives: z.number().int().optional(),
  /** Beyond 1.5 interquartile ranges from the quartiles. */
  outliers: z.number().int().optional(),
  histogram: Histogram.optional(),
  /** Most frequent first. */
  top: z.array(z.object({ value: z.string(), rows: z.number().int() })),
  /** Shapes of text (`AA-9999`), most frequent first. */
  patterns: z.array(z.object({ pattern: z.string(), rows: z.number().int() })).optional(),
  /** Of text, in characters. */
  length: z.object({ min: z.number(), max: z.number(), mean: z.number() }).optional(),
  empty: z.number().int().optional(),
  sensitive: z.object({ kind: SensitiveKind, share: z.number() }).optional(),
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

export const TableProfile = z.object({
  database: z.string(),
  table: z.string(),
  /** ISO 8601, UTC. */
  profiledAt: z.string(),
  by: z.string().optional(),
  /** Names the files that were read: equal as long as no object of the table changes. */
  version: z.string(),
  rows: z.number().int(),
  /** Rows that another row is equal to in every column. */
  duplicates: z.number().int().optional(),
  columns: z.array(ColumnProfile),
  /** Pearson's, of pairs of numeric columns; -1 to 1. */
  correlations: z.array(z.object({ a: z.string(), b: z.string(), value: z.number() })),
  scannedBytes: z.number().int(),
  durationMs: z.number().int(),
});
export type TableProfile = z.infer<typeof TableProfile>;

export function tableProfileKey({
  database,
  table,
  profiledAt,
}: Pick<TableProfile, 'database' | 'table' | 'profiledAt'>): string {
  return `quality/profiles/${database}/${table}/${profiledAt}.json`;
}
