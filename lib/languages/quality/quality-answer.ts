import * as z from 'zod';
import { EvaluationVerdict, type QualityEvaluation, qualityEvaluationKey, RuleResult, scoreOf } from './evaluation.ts';

/** What a run keeps of an evaluation; the record at `key` has the rest. */
const EvaluationSummary = z.object({
  id: z.string(),
  /** In the results zone. */
  key: z.string(),
  verdict: EvaluationVerdict,
  /** Null where the table has no rules. */
  score: z.number().nullable(),
});
export type EvaluationSummary = z.infer<typeof EvaluationSummary>;

/** What the function answers to the state machine. */
export const QualityAnswer = z.object({
  /** `superseded`: a newer version of the file was there, and nothing was evaluated; `unknown`: there is no table. */
  verdict: z.enum([...EvaluationVerdict.options, 'superseded', 'unknown']),
  evaluation: EvaluationSummary.nullable(),
  /** `GateCause` as JSON where the file does not pass, else empty: the state machine hands it on as the cause of its failure. */
  cause: z.string(),
});
export type QualityAnswer = z.infer<typeof QualityAnswer>;

/** Why a file was held or sent to quarantine: the rules that it breaks, as many as fit into the cause of an execution. */
export const GateCause = z.object({
  evaluation: EvaluationSummary,
  database: z.string(),
  table: z.string(),
  rules: z.array(
    z.object({
      ruleset: z.string(),
      rule: z.string(),
      columns: z.array(z.string()),
      result: RuleResult,
      message: z.string().optional(),
      failingRows: z.number().int().optional(),
    }),
  ),
  ruleCount: z.number().int(),
});
export type GateCause = z.infer<typeof GateCause>;

// https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html
const causeLengthMax = 32_000;

function summaryOf(evaluation: QualityEvaluation): EvaluationSummary {
  const { id, verdict } = evaluation;
  return { id, key: qualityEvaluationKey(evaluation), verdict, score: scoreOf(evaluation) ?? null };
}

export function answerOf(evaluation: QualityEvaluation): QualityAnswer {
  const { verdict } = evaluation;
  const isStopped = verdict === 'held' || verdict === 'quarantined';
  return { verdict, evaluation: summaryOf(evaluation), cause: isStopped ? causeText(causeOf(evaluation)) : '' };
}

function causeOf(evaluation: QualityEvaluation): GateCause {
  const { database, table, rulesets } = evaluation;
  const rules = rulesets
    .filter(({ gate }) => gate !== 'warn')
    .flatMap(({ name: ruleset, outcomes }) =>
      outcomes
        .filter(({ result }) => result !== 'PASS')
        .map(({ rule, columns, result, message, failingRows }) => ({
          ruleset,
          rule,
          columns,
          result,
          message,
          failingRows,
        })),
    );
  return { evaluation: summaryOf(evaluation), database, table, rules, ruleCount: rules.length };
}

/** Leaves out the last rules until the text fits. */
function causeText(cause: GateCause): string {
  let { rules } = cause;
  let text = JSON.stringify(cause);
  while (text.length > causeLengthMax && rules.length > 0) {
    rules = rules.slice(0, -1);
    text = JSON.stringify({ ...cause, rules });
  }
  return text;
}
