/** What an evaluation of one ruleset found. https://docs.aws.amazon.com/glue/latest/webapi/API_GetDataQualityResult.html */
import type { MetricPoint } from '../../../../../lib/languages/dqdl/plan.ts';
import type { Anomaly, Metrics, RulesetOutcome } from '../../../../../lib/languages/quality/evaluation.ts';
import type { DataSource } from './data-source.ts';
import { profileIdOf } from './statistic.ts';

export interface QualityResult {
  id: string;
  runId: string;
  dataSource: DataSource;
  startedAt: number;
  completedAt: number;
  outcome: RulesetOutcome;
  /** As printed; with what each of them measured. */
  analyzers: { analyzer: string; metrics: Metrics }[];
  anomalies: Anomaly[];
  /** All that was measured, for the evaluations to come. */
  measured: MetricPoint;
}

/** The most that a result has. */
const OBSERVATIONS_MAX = 50;
const ROW_COUNT = 'Dataset.*.RowCount';

export function resultOut({ id, runId, dataSource, startedAt, completedAt, outcome, ...found }: QualityResult) {
  const { outcomes } = outcome;
  const passed = outcomes.filter(({ result }) => result === 'PASS').length;
  return {
    ResultId: id,
    ProfileId: profileIdOf(runId),
    Score: outcome.score,
    DataSource: dataSource,
    RulesetName: outcome.name,
    StartedOn: startedAt / 1000,
    CompletedOn: completedAt / 1000,
    RulesetEvaluationRunId: runId,
    RuleResults: outcomes.map(({ rule, message, result, metrics }, i) => ({
      Name: `Rule_${i + 1}`,
      Description: rule.slice(0, 2048),
      EvaluationMessage: message?.slice(0, 2048),
      Result: result,
      EvaluatedMetrics: metrics,
      EvaluatedRule: rule.slice(0, 2048),
    })),
    AnalyzerResults: found.analyzers.map(({ analyzer, metrics }, i) => ({
      Name: `Analyzer_${i + 1}`,
      Description: analyzer,
      EvaluatedMetrics: metrics,
    })),
    Observations: found.anomalies.slice(0, OBSERVATIONS_MAX).map(observationOut),
    AggregatedMetrics: {
      TotalRowsProcessed: found.measured.metrics[ROW_COUNT],
      TotalRulesProcessed: outcomes.length,
      TotalRulesPassed: passed,
      TotalRulesFailed: outcomes.length - passed,
    },
  };
}

function observationOut({ metric, value, lower, expected, upper, changes }: Anomaly) {
  if (changes) {
    const said = changes.map(({ column, before = 'none', after = 'none' }) => `${column} (${before} to ${after})`);
    return { Description: `The columns have changed: ${said.join(', ')}` };
  }
  return {
    Description: `${metric} is outside of what its history lets expect`,
    MetricBasedObservation: {
      MetricName: metric,
      MetricValues: { ActualValue: value, ExpectedValue: expected, LowerLimit: lower, UpperLimit: upper },
      NewRules: [],
    },
  };
}
