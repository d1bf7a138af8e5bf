/**
 * One evaluation of the quality of a table: written once by the function that evaluates, read by everybody else.
 *
 * The results zone keeps each at `qualityEvaluationKey`. Everything that people see of quality (scores, trends, bands of
 * anomalies, incidents) is made from these records; nothing else is the truth.
 */
import * as z from 'zod';

/** What happens to a file whose rows fail a ruleset: the tag of the ruleset that says so is `GATE_TAG`. */
export const Gate = z.enum(['block', 'quarantine', 'warn']);
export type Gate = z.infer<typeof Gate>;

/** On a Glue data quality ruleset; a ruleset without it warns. */
export const GATE_TAG = 'lacustre:gate';

/** As Glue Data Quality words them. https://docs.aws.amazon.com/glue/latest/webapi/API_DataQualityRuleResult.html */
export const RuleResult = z.enum(['PASS', 'FAIL', 'ERROR']);
export type RuleResult = z.infer<typeof RuleResult>;

/**
 * Metrics of a table under the names that Glue Data Quality gives them: `Dataset.*.RowCount`, `Column.amount.Completeness`,
 * `Column.amount.Mean`; a custom statement's is `Dataset.*.CustomSQL`. Numbers only: freshness is in hours, shares are 0 to 1.
 */
export const Metrics = z.record(z.string(), z.number());
export type Metrics = z.infer<typeof Metrics>;

/** A person's word against the gate's, for one version of a file. */
export const GateOverride = z.object({
  /** E-mail address. */
  by: z.string(),
  reason: z.string(),
  /** The run that the gate had held. */
  execution: z.string(),
});
export type GateOverride = z.infer<typeof GateOverride>;

export const RuleOutcome = z.object({
  /** The rule as DQDL prints it: it names the rule from one evaluation to the next. */
  rule: z.string(),
  type: z.string(),
  columns: z.array(z.string()),
  result: RuleResult,
  /** Why it failed or could not be evaluated, in English; `code` and `values` say the same to a translator. */
  message: z.string().optional(),
  code: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** What was measured for this rule. */
  metrics: Metrics,
  /** Rows that break it, of all that it looked at (`where` applied); absent where a rule is not about single rows. */
  failingRows: z.number().int().optional(),
  checkedRows: z.number().int().optional(),
  /** Points that a dynamic rule or an anomaly rule still lacks. */
  learning: z.object({ points: z.number().int(), needed: z.number().int() }).optional(),
});
export type RuleOutcome = z.infer<typeof RuleOutcome>;

export const RulesetOutcome = z.object({
  name: z.string(),
  gate: Gate,
  /** Share of the rules that passed, 0 to 1. Rules that could not be evaluated count as failed. */
  score: z.number(),
  outcomes: z.array(RuleOutcome),
});
export type RulesetOutcome = z.infer<typeof RulesetOutcome>;

/** A metric outside of what its history lets expect. */
export const Anomaly = z.object({
  /** Of `Metrics`, or `Schema` for columns that came, went or changed their type. */
  metric: z.string(),
  value: z.number().optional(),
  lower: z.number().optional(),
  expected: z.number().optional(),
  upper: z.number().optional(),
  /** How many points of the history made the band. */
  points: z.number().int(),
  /** Points in a season, where the history allows one (7 for days of a week). */
  season: z.number().int().optional(),
  /** By how much it grows a day; less than 0 where it shrinks. */
  trend: z.number().optional(),
  /** For `Schema`. */
  changes: z
    .array(z.object({ column: z.string(), before: z.string().optional(), after: z.string().optional() }))
    .optional(),
});
export type Anomaly = z.infer<typeof Anomaly>;

/**
 * - `passed`: every rule of every ruleset passed and nothing is unusual.
 * - `warned`: something failed or is unusual, and the rows are in the table all the same.
 * - `held`: a ruleset that blocks failed: the rows are staged, not in the table.
 * - `quarantined`: a ruleset that quarantines failed: the file went to the quarantine zone, its rows are staged.
 */
export const EvaluationVerdict = z.enum(['passed', 'warned', 'held', 'quarantined']);
export type EvaluationVerdict = z.infer<typeof EvaluationVerdict>;

export const QualityEvaluation = z.object({
  id: z.string(),
  /** ISO 8601, UTC. */
  evaluatedAt: z.string(),
  trigger: z.enum(['run', 'person', 'schedule']),
  /** E-mail address, for `person`. */
  by: z.string().optional(),
  /** Name of the execution of the state machine, for `run`. */
  execution: z.string().optional(),
  dataset: z.string(),
  database: z.string(),
  table: z.string(),
  /** The file whose rows were new, for `run`. */
  source: z.object({ bucket: z.string(), key: z.string(), versionId: z.string() }).optional(),
  /**
   * What was looked at, when it is not the table as it is: the table without the objects below `replaces` (an S3 prefix
   * without bucket), and the rows of the staged table in its stead.
   */
  staged: z
    .object({
      database: z.string(),
      table: z.string(),
      replaces: z.string(),
      /** The table's other rows, where not the table itself shows them with the new columns; null where there are none. */
      before: z.object({ database: z.string(), table: z.string() }).nullable().optional(),
    })
    .optional(),
  /** Who published the file although the gate had held it, and why. */
  override: GateOverride.optional(),
  verdict: EvaluationVerdict,
  rulesets: z.array(RulesetOutcome),
  /** The whole of the metrics: those of the rules, of the analyzers, and RowCount and Completeness of every column. */
  metrics: Metrics,
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  anomalies: z.array(Anomaly),
  /** Metrics that have too few points yet to tell what is unusual. */
  learning: z.object({ points: z.number().int(), needed: z.number().int() }).optional(),
  scannedBytes: z.number().int(),
  durationMs: z.number().int(),
});
export type QualityEvaluation = z.infer<typeof QualityEvaluation>;

export const qualityPrefix = 'quality/';

/** Ordered by time within a table: the list of a table's keys is its history, and new ones come last. */
export function qualityEvaluationKey({
  database,
  table,
  evaluatedAt,
  id,
}: Pick<QualityEvaluation, 'database' | 'table' | 'evaluatedAt' | 'id'>): string {
  return `${qualityPrefix}evaluations/${database}/${table}/${evaluatedAt}-${id}.json`;
}

/** Share of all rules of all rulesets that passed, 0 to 1; undefined where there are no rules. */
export function scoreOf({ rulesets }: Pick<QualityEvaluation, 'rulesets'>): number | undefined {
  const outcomes = rulesets.flatMap((ruleset) => ruleset.outcomes);
  return outcomes.length === 0
    ? undefined
    : outcomes.filter(({ result }) => result === 'PASS').length / outcomes.length;
}
