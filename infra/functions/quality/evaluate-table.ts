import type { MetricPoint, TableColumn } from '../../../lib/languages/dqdl/plan.ts';
import { evaluate, planEvaluation, retryPlan } from '../../../lib/languages/dqdl/plan.ts';
import { evaluatedRelation } from '../../../lib/languages/quality/evaluated-relation.ts';
import {
  type Anomaly,
  type EvaluationVerdict,
  type QualityEvaluation,
  qualityEvaluationKey,
  type RulesetOutcome,
} from '../../../lib/languages/quality/evaluation.ts';
import { putJson } from '../documents.ts';
import { scopeOf } from '../environment.ts';
import { type GatedRuleset, rulesetsOfTable } from '../rulesets.ts';
import type { Dependencies } from './dependencies.ts';
import { readHistory } from './read-history.ts';
import { runStatements } from './run-statements.ts';

export type EvaluationRequest = Pick<
  QualityEvaluation,
  'dataset' | 'database' | 'table' | 'trigger' | 'by' | 'execution' | 'source' | 'staged' | 'override'
> & { columns: TableColumn[] };

/** Evaluates all rules of a table, measures what every evaluation measures, and keeps the record. */
export async function evaluateTable(
  request: EvaluationRequest,
  dependencies: Dependencies,
): Promise<QualityEvaluation> {
  const { s3, glue, environment } = dependencies;
  const bucket = environment.RESULTS_BUCKET;
  const [rulesets, history] = await Promise.all([
    rulesetsOfTable(glue, request, scopeOf(environment)),
    readHistory(s3, bucket, request),
  ]);
  const done = history.findLast((earlier) => isSame(earlier, request));
  if (done) return done;
  const found = await measure(request, rulesets, history, dependencies);
  const evaluation = recordOf(request, found, dependencies.newId());
  await putJson(s3, bucket, qualityEvaluationKey(evaluation), evaluation);
  return evaluation;
}

/** A step of a run that is tried again after its answer was lost has been done. */
function isSame(earlier: QualityEvaluation, { execution, staged }: EvaluationRequest): boolean {
  return execution !== undefined && earlier.execution === execution && Boolean(earlier.staged) === Boolean(staged);
}

type Measured = Pick<
  QualityEvaluation,
  'evaluatedAt' | 'rulesets' | 'metrics' | 'anomalies' | 'learning' | 'scannedBytes' | 'durationMs'
>;

async function measure(
  request: EvaluationRequest,
  rulesets: GatedRuleset[],
  history: QualityEvaluation[],
  { athena, environment, now }: Dependencies,
): Promise<Measured> {
  const startedAt = now();
  const plan = planEvaluation({
    rulesets,
    columns: request.columns,
    relation: evaluatedRelation(request),
    database: request.database,
    history: pointsOf(history),
    now: startedAt,
  });
  const place = { database: request.database, workGroup: environment.WORK_GROUP };
  const first = await runStatements(athena, plan.statements, place);
  const apart = retryPlan(plan, first.answers);
  const second = apart && (await runStatements(athena, apart.statements, place));
  const endedAt = now();
  return {
    ...(apart && second ? evaluate(apart, second.answers) : evaluate(plan, first.answers)),
    evaluatedAt: startedAt.toISOString(),
    scannedBytes: first.scannedBytes + (second?.scannedBytes ?? 0),
    durationMs: endedAt.getTime() - startedAt.getTime(),
  };
}

/** What was held never was the table: it must not teach what is usual. */
function pointsOf(history: QualityEvaluation[]): MetricPoint[] {
  return history
    .filter(({ verdict }) => verdict === 'passed' || verdict === 'warned')
    .map(({ evaluatedAt: at, metrics, columns }) => ({ at, metrics, columns }));
}

function recordOf(request: EvaluationRequest, found: Measured, id: string): QualityEvaluation {
  const { dataset, database, table, columns, trigger, by, execution, source, staged, override } = request;
  const asked = { dataset, database, table, columns, trigger, by, execution, source, staged, override };
  return { id, ...asked, ...found, verdict: verdictOf(request, found) };
}

function verdictOf(
  { staged }: Pick<EvaluationRequest, 'staged'>,
  { rulesets, anomalies }: { rulesets: RulesetOutcome[]; anomalies: Anomaly[] },
): EvaluationVerdict {
  const failing = rulesets.filter(({ outcomes }) => outcomes.some(({ result }) => result !== 'PASS'));
  const fails = (gate: RulesetOutcome['gate']) => failing.some((ruleset) => ruleset.gate === gate);
  if (staged && fails('quarantine')) return 'quarantined';
  if (staged && fails('block')) return 'held';
  return failing.length > 0 || anomalies.length > 0 ? 'warned' : 'passed';
}
