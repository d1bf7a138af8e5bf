import { failingRows } from '@/lib/languages/dqdl/failing-rows.ts';
import { evaluatedRelation } from '@/lib/languages/quality/evaluated-relation.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';

/**
 * The statement that shows the whole rows that break a rule, of what the evaluation looked at: for a held file, the table
 * as it would be with its rows. Undefined where a rule is not about rows.
 */
export function planFailingRows(evaluation: QualityEvaluation, rule: string): string | undefined {
  return failingRows(rule, evaluation.columns, evaluatedRelation(evaluation), new Date(evaluation.evaluatedAt))?.sql;
}
