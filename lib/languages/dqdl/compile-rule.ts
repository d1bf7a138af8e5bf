import { expectedBand, isLearning, isOutside } from './anomaly.ts';
import { fileCheck } from './file-rules.ts';
import { seriesOf } from './history.ts';
import { type Check, failed, type Judgement, judgeNumber, judgeRows, type RuleContext } from './judgement.ts';
import { type Metric, metricsOf, readMetrics } from './metrics-of.ts';
import { isDynamic, NoHistory, NumberValues } from './number-value.ts';
import { customStatement, whereSql } from './own-sql.ts';
import { rowPredicate } from './predicate.ts';
import type { Readings } from './readings.ts';
import { referenceCheck } from './reference-rules.ts';
import { RuleError } from './rule-error.ts';
import { findRuleType } from './rule-types.ts';
import { type Condition, type SimpleRule, thresholdOf } from './ruleset.ts';
import { quoteName } from './sql-text.ts';
import { findColumn, getColumn, selectSql } from './table.ts';

/** Says what a rule needs measured and gives what judges it. Throws `RuleError` for a rule that cannot be evaluated. */
export function compileRule(rule: SimpleRule, context: RuleContext): Check {
  const where = rule.where && whereOf(rule, context);
  const names = parametersOf(rule);
  switch (rule.type) {
    case 'IsComplete':
    case 'ColumnValues':
    case 'ColumnLength':
    case 'ColumnDataType':
    case 'DataFreshness':
      return rowsCheck(rule, context, where);
    case 'IsUnique':
    case 'IsPrimaryKey':
      return keyCheck(rule, names, context, where);
    case 'ColumnExists':
      return () =>
        findColumn(context.columns, names[0] ?? '')
          ? { result: 'PASS', metrics: {} }
          : failed('unknownColumn', `the table has no column ${names[0]}`, { column: names[0] ?? '' }, {});
    case 'ColumnNamesMatchPattern':
      return namesCheck(names[0] ?? '', context);
    case 'CustomSql':
      return customCheck(rule, names[0] ?? '', context);
    case 'DetectAnomalies':
      return anomalyCheck(names[0] ?? '', names.slice(1), context);
    case 'AggregateMatch':
    case 'DatasetMatch':
    case 'ReferentialIntegrity':
    case 'RowCountMatch':
    case 'SchemaMatch':
      return referenceCheck(rule, names, context);
    case 'FileFreshness':
    case 'FileMatch':
    case 'FileSize':
    case 'FileUniqueness':
      return fileCheck(rule, names, context);
    default:
      return metricCheck(rule, names, context, where);
  }
}

function whereOf({ type, where }: SimpleRule, { columns }: RuleContext): string {
  if (!findRuleType(type)?.hasWhere) throw new RuleError('noWhere', `${type} takes no where`, { type });
  return whereSql(where?.value ?? '', columns);
}

/** Parameters in their order; variables are in their places by now. */
export function parametersOf({ parameters, type }: Pick<SimpleRule, 'parameters' | 'type'>): string[] {
  return parameters.map((parameter) => {
    if (parameter.kind === 'text') return parameter.value;
    throw new RuleError('notAText', `${type} needs a text, which $${parameter.name} is not`, {
      variable: parameter.name,
    });
  });
}

const pastOf = (metric: string, { history }: RuleContext) => seriesOf(history, metric).map(({ value }) => value);

function metricCheck(rule: SimpleRule, names: string[], context: RuleContext, where?: string): Check {
  const [metric] = metricsOf(rule.type, names, context, where) as [Metric];
  const past = pastOf(metric.name, context);
  const rows = rule.type === 'Completeness' ? rowsCheck(rule, context, where) : undefined;
  return (readings) => {
    const judged = judgeNumber(metric.name, metric.read(readings), rule.condition as Condition, past);
    if (!rows) return judged;
    const { failingRows = 0, checkedRows = 0 } = rows(readings);
    return { ...judged, failingRows, checkedRows };
  };
}

const COMPLIANCE: Record<string, string> = {
  IsComplete: 'Completeness',
  Completeness: 'Completeness',
  ColumnValues: 'ColumnValues.Compliance',
  ColumnLength: 'ColumnLength.Compliance',
  ColumnDataType: 'ColumnDataType.Compliance',
  DataFreshness: 'DataFreshness.Compliance',
};

function rowsCheck(rule: SimpleRule, context: RuleContext, where?: string): Check {
  const column = getColumn(context.columns, parametersOf(rule)[0] ?? '').name;
  const metric = `Column.${column}.${COMPLIANCE[rule.type]}${where ? ` where ${where}` : ''}`;
  const past = pastOf(metric, context);
  const measured = ['ColumnValues', 'ColumnLength'].includes(rule.type)
    ? metricsOf(rule.type, [column], context, where)
    : [];
  // What a row is compared with may come from the history: of the greatest value, as Glue has it.
  const numbers = new NumberValues(measured[0] ? pastOf(measured[0].name, context) : past);
  const predicate = learnsIf(numbers, () => rowPredicate(rule, { ...context, numbers }));
  if (typeof predicate !== 'string') return (readings) => ({ ...predicate, metrics: readMetrics(measured, readings) });
  const passing = countPassing(predicate, rule, context, where);
  const checked = context.statements.scan('count(*)', where);
  const total = context.statements.scan('count(*)');
  return (readings) => {
    const counts = {
      passing: readings.count(passing),
      checked: readings.count(checked),
      total: readings.count(total),
    };
    const threshold = rule.type === 'Completeness' ? undefined : thresholdOf(rule);
    const judged = judgeRows(metric, counts, threshold, past, readMetrics(measured, readings));
    const { points, needed } = numbers.reach;
    return points < needed ? { ...judged, learning: { points, needed } } : judged;
  };
}

/** To count what is there is cheaper than to test each row for it. */
function countPassing(predicate: string, rule: SimpleRule, { statements, columns }: RuleContext, where?: string) {
  const isCount = rule.type === 'IsComplete' || rule.type === 'Completeness';
  if (!isCount) return statements.scan(`count_if(${predicate})`, where);
  return statements.scan(`count(${quoteName(getColumn(columns, parametersOf(rule)[0] ?? '').name)})`, where);
}

function learnsIf(numbers: NumberValues, compute: () => string | undefined): string | Judgement {
  try {
    return compute() ?? 'true';
  } catch (error) {
    if (!(error instanceof NoHistory)) throw error;
    const learning = { ...numbers.reach };
    const message = `there is no history to compare with yet: 0 of ${learning.needed} points`;
    return { result: 'PASS', code: 'learning', message, values: learning, metrics: {}, learning };
  }
}

/** Unique values; of a primary key there are no NULLs either. */
function keyCheck(rule: SimpleRule, names: string[], context: RuleContext, where?: string): Check {
  const columns = names.map((name) => getColumn(context.columns, name).name);
  const [uniqueness] = metricsOf(rule.type, columns, context, where) as [Metric];
  const isKey = rule.type === 'IsPrimaryKey';
  const { statements } = context;
  const unique = statements.group(columns, where, 'unique');
  const rows = statements.group(columns, where, 'rows');
  const isNull = columns.map((name) => `${quoteName(name)} IS NULL`).join(' OR ');
  const nulls = isKey ? statements.scan(`count_if(${isNull})`, where) : undefined;
  const checked = statements.scan('count(*)', where);
  return (readings) => {
    const metrics = readMetrics([uniqueness], readings);
    const double = readings.count(rows) - readings.count(unique);
    const empty = nulls ? readings.count(nulls) : 0;
    // A row of a key of several columns can be both.
    const failingRows = Math.min(double + empty, readings.count(checked));
    const counts = { failingRows, checkedRows: readings.count(checked) };
    if (counts.checkedRows === 0)
      return where
        ? { result: 'PASS', metrics, ...counts }
        : { ...failed('noRows', 'there are no rows to look at', {}, metrics), ...counts };
    if (failingRows === 0) return { result: 'PASS', metrics, ...counts };
    const values = { duplicates: double, empty, checked: counts.checkedRows };
    const message = `${double} of ${values.checked} rows share their value${empty > 0 ? `, ${empty} have none` : ''}`;
    return { ...failed(isKey ? 'notAKey' : 'notUnique', message, values, metrics), ...counts };
  };
}

function namesCheck(pattern: string, { columns }: RuleContext): Check {
  const expression = readPattern(pattern);
  const odd = columns.map(({ name }) => name).filter((name) => !expression.test(name));
  const metrics = { 'Dataset.*.ColumnNamesPatternMatchRatio': 1 - odd.length / Math.max(columns.length, 1) };
  return () =>
    odd.length === 0
      ? { result: 'PASS', metrics }
      : failed(
          'namesDoNotMatch',
          `these names do not match: ${odd.join(', ')}`,
          { columns: odd.join(', '), pattern },
          metrics,
        );
}

function readPattern(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    throw new RuleError('invalidPattern', `this is no regular expression: ${pattern}`, { pattern });
  }
}

const CUSTOM = 'Dataset.*.CustomSQL';

/** With a condition, of the one number that the statement gives; else the rows that it gives are those that pass. */
function customCheck(rule: SimpleRule, statement: string, context: RuleContext): Check {
  const sql = customStatement(statement, selectSql(context.relation, context.columns));
  const { condition } = rule;
  if (condition) return customNumber(sql, condition, context);
  const passing = context.statements.own(`SELECT count(*) AS "passing" FROM (${sql}) "passing"`);
  const total = context.statements.scan('count(*)');
  return (readings) => {
    const rows = readings.count(total);
    const counts = { passing: Math.min(readings.count(passing), rows), checked: rows, total: rows };
    return judgeRows(`${CUSTOM}.Compliance`, counts, thresholdOf(rule), pastOf(`${CUSTOM}.Compliance`, context));
  };
}

function customNumber(sql: string, condition: Condition, context: RuleContext): Check {
  const measure = context.statements.own(sql);
  // Several statements share Glue's one name: history tells them apart by their text.
  const own = `${CUSTOM} ${sql}`;
  const past = pastOf(own, context);
  return (readings) => {
    const value = oneNumber(readings.rows(measure));
    const metrics = { [CUSTOM]: value, ...(isDynamic(condition) && { [own]: value }) };
    return { ...judgeNumber(CUSTOM, value, condition, past, metrics) };
  };
}

function oneNumber(rows: (string | null)[][]): number {
  const [cell] = rows[0] ?? [];
  if (rows.length !== 1 || rows[0]?.length !== 1)
    throw new RuleError('notOneValue', `the statement must give one row with one number; it gave ${rows.length} rows`, {
      rows: rows.length,
    });
  const text = cell === 'true' ? '1' : cell === 'false' ? '0' : cell;
  const value = text === null || text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new RuleError('notANumberAnswer', `the statement gave ${cell ?? 'NULL'}, which is no number`, {
      value: cell ?? 'NULL',
    });
  return value;
}

function anomalyCheck(type: string, names: string[], context: RuleContext): Check {
  const metrics = metricsOf(type, names, context);
  if (metrics.length === 0) throw new RuleError('noMetric', `${type} has no metric for ${names.join(', ')}`, { type });
  return (readings: Readings): Judgement => {
    const measured = readMetrics(metrics, readings);
    for (const [metric, value] of Object.entries(measured)) {
      const band = expectedBand(seriesOf(context.history, metric), context.now.toISOString());
      if (isLearning(band)) {
        const message = `too little history to tell what is unusual: ${band.points} of ${band.needed} points`;
        return { result: 'PASS', code: 'learning', message, values: { ...band }, metrics: measured, learning: band };
      }
      if (!isOutside(value, band)) continue;
      const { lower, upper, expected, points } = band;
      const message = `${metric} is ${value}, outside of ${lower} to ${upper}, which ${points} points let expect`;
      return failed('anomaly', message, { metric, value, lower, upper, expected, points }, measured);
    }
    return { result: 'PASS', metrics: measured };
  };
}
