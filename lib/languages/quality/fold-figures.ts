/** The figures from the records: pure. */

import { dimensionOf } from './dimension-of.ts';
import { type QualityEvaluation, scoreOf } from './evaluation.ts';
import {
  DIMENSIONS,
  type Dimension,
  type DimensionFigure,
  type FailingRule,
  type FoundAnomaly,
  type QualityFigures,
  type TableQuality,
} from './figures.ts';
import { changeOf, mean, type Scored, trendOfLake, trendOfTables } from './fold-trend.ts';

/** One that is not resolved: since when, and who sees to it. */
export interface OpenIncident {
  id: string;
  /** `held`, `rule`, `anomaly`. */
  kind: string;
  table: string;
  /** The file's key, the rule or the metric. */
  subject: string;
  openedAt: Date;
  assignee: string | null;
}

export interface Folded {
  /** Of the catalog. */
  known: readonly { table: string; dataset: string }[];
  /** The last evaluation of each table. */
  last: readonly QualityEvaluation[];
  scores: readonly Scored[];
  /** Evaluations that found an anomaly. */
  unusual: readonly QualityEvaluation[];
  open: readonly OpenIncident[];
  days: readonly string[];
  timeZone: string;
}

export function foldFigures({ known, last, scores, unusual, open, days, timeZone }: Folded): QualityFigures {
  const names = new Set([...known, ...last].map(({ table }) => table));
  const trends = trendOfTables(
    scores.filter(({ table }) => names.has(table)),
    days,
    timeZone,
  );
  const trend = trendOfLake(trends.values(), days);
  const tables = listTables(known, last).map((table) => ({ ...table, trend: trends.get(table.table) ?? [] }));
  const checkedAt = Math.max(...last.map(({ evaluatedAt }) => Date.parse(evaluatedAt)));
  const score = mean(last.map((record) => scoreOf(record)));
  const change = changeOf(trend, trends);
  return {
    tables: tables.toSorted((a, b) => (a.score ?? 2) - (b.score ?? 2) || a.table.localeCompare(b.table)),
    rules: tables.reduce((sum, { rules }) => sum + rules, 0),
    ...(Number.isFinite(checkedAt) ? { checkedAt } : {}),
    ...(score === null ? {} : { score }),
    ...(change ? { change } : {}),
    trend,
    failing: last.flatMap((record) => failingOf(record, open)),
    dimensions: dimensionsOf(last),
    anomalies: unusual
      .filter(({ table }) => names.has(table))
      .flatMap(anomaliesOf)
      .reverse(),
  };
}

function listTables(known: Folded['known'], last: Folded['last']): Omit<TableQuality, 'trend'>[] {
  const checked = last.map((record): Omit<TableQuality, 'trend'> => {
    const outcomes = record.rulesets.flatMap((ruleset) => ruleset.outcomes);
    const [score, rows] = [scoreOf(record), record.metrics['Dataset.*.RowCount']];
    return {
      table: record.table,
      dataset: record.dataset,
      rules: outcomes.length,
      failing: outcomes.filter(({ result }) => result !== 'PASS').length,
      at: Date.parse(record.evaluatedAt),
      verdict: record.verdict,
      evaluationId: record.id,
      ...(score === undefined ? {} : { score }),
      ...(rows === undefined ? {} : { rows }),
    };
  });
  const seen = new Set(checked.map(({ table }) => table));
  const never = known.filter(({ table }) => !seen.has(table)).map((place) => ({ ...place, rules: 0, failing: 0 }));
  return [...checked, ...never];
}

function failingOf(record: QualityEvaluation, open: readonly OpenIncident[]): FailingRule[] {
  const { table, dataset, id, evaluatedAt, source } = record;
  return record.rulesets.flatMap(({ name, gate, outcomes }) =>
    outcomes
      .filter(({ result }) => result !== 'PASS')
      .map((outcome): FailingRule => {
        const incident = open.find(
          (each) =>
            (each.kind === 'rule' && each.table === table && each.subject === outcome.rule) ||
            (each.kind === 'held' && each.subject === source?.key),
        );
        const { rule, type, result, message, code, values, failingRows, checkedRows } = outcome;
        return {
          ...{ rule, type, result, message, code, values, failingRows, checkedRows },
          ...{ table, dataset, gate, ruleset: name, evaluationId: id, dimension: dimensionOf(type) },
          since: incident ? incident.openedAt.getTime() : Date.parse(evaluatedAt),
          ...(incident ? { incidentId: incident.id } : {}),
          ...(incident?.assignee ? { assignee: incident.assignee } : {}),
        };
      }),
  );
}

function dimensionsOf(last: readonly QualityEvaluation[]): DimensionFigure[] {
  const outcomes = last.flatMap(({ rulesets }) => rulesets.flatMap((ruleset) => ruleset.outcomes));
  const ofRules = (dimension: Dimension): DimensionFigure => {
    const meant = outcomes.filter(({ type }) => dimensionOf(type) === dimension);
    return { dimension, part: meant.filter(({ result }) => result === 'PASS').length, whole: meant.length };
  };
  return DIMENSIONS.map((dimension) => (dimension === 'completeness' ? filledCells(last) : ofRules(dimension)));
}

function filledCells(last: readonly QualityEvaluation[]): DimensionFigure {
  let [part, whole] = [0, 0];
  for (const { metrics, columns } of last) {
    const rows = metrics['Dataset.*.RowCount'] ?? 0;
    for (const { name } of columns) {
      const share = metrics[`Column.${name}.Completeness`];
      if (share === undefined) continue;
      whole += rows;
      part += Math.round(rows * share);
    }
  }
  return { dimension: 'completeness', part, whole };
}

function anomaliesOf({ table, id, evaluatedAt, anomalies }: QualityEvaluation): FoundAnomaly[] {
  return anomalies.map(({ metric, value, lower, upper }) => ({
    ...{ table, metric, at: Date.parse(evaluatedAt), evaluationId: id },
    ...(value === undefined ? {} : { value }),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  }));
}
