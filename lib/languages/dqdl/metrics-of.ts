/** What each rule type measures, under Glue's names. https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types.html */
import type { Metrics } from '../quality/evaluation.ts';
import { asMoment, asText } from './predicate.ts';
import type { Readings } from './readings.ts';
import { RuleError } from './rule-error.ts';
import { quoteName } from './sql-text.ts';
import type { Statements } from './statements.ts';
import { getColumn, kindOfColumn, type TableColumn } from './table.ts';

export interface Metric {
  name: string;
  read(readings: Readings): number | undefined;
}

export interface MetricContext {
  columns: TableColumn[];
  statements: Statements;
  now: Date;
}

const AGGREGATES: Record<string, string> = {
  Mean: 'avg',
  Sum: 'sum',
  StandardDeviation: 'stddev_pop',
  Variance: 'var_pop',
};

/** The metrics of a rule type for its columns; the first is the one that the rule's condition is about. */
export function metricsOf(type: string, names: string[], context: MetricContext, where?: string): Metric[] {
  const columns = names.map((name) => getColumn(context.columns, name));
  const [column] = columns;
  if (type === 'RowCount') return [rowCount(context, where)];
  if (type === 'ColumnCount') return [{ name: 'Dataset.*.ColumnCount', read: () => context.columns.length }];
  if (!column) throw new RuleError('missingColumn', `${type} needs the name of a column`, { type });
  switch (type) {
    case 'Completeness':
    case 'IsComplete':
      return [completeness(column, context, where)];
    case 'Mean':
    case 'Sum':
    case 'StandardDeviation':
    case 'Variance':
      return [aggregate(type, column, `${AGGREGATES[type]}(${asDouble(column)})`, context, where)];
    case 'ColumnCorrelation':
      return [correlation(columns, context, where)];
    case 'Uniqueness':
    case 'IsUnique':
    case 'IsPrimaryKey':
    case 'UniqueValueRatio':
    case 'DistinctValuesCount':
    case 'Entropy':
      return [grouped(type, columns, context, where)];
    case 'ColumnLength': {
      const length = `length(${asText(column)})`;
      return extremes(['MaximumLength', 'MinimumLength'], column, length, context, where);
    }
    case 'ColumnValues':
      return kindOfColumn(column) === 'number'
        ? extremes(['Maximum', 'Minimum'], column, quoteName(column.name), context, where)
        : [];
    case 'AllStatistics':
      return allStatistics(column, context);
    default:
      throw new RuleError('noMetric', `${type} has no metric of its own`, { type });
  }
}

function rowCount({ statements }: MetricContext, where?: string): Metric {
  const rows = statements.scan('count(*)', where);
  return { name: named('Dataset.*.RowCount', where), read: (readings) => readings.number(rows) };
}

const named = (name: string, where?: string) => (where ? `${name} where ${where}` : name);

const placeOf = (columns: TableColumn[]) =>
  columns.length === 1 ? `Column.${columns[0]?.name}` : `Multicolumn.${columns.map(({ name }) => name).join(',')}`;

function aggregate(
  metric: string,
  column: TableColumn,
  sql: string,
  { statements }: MetricContext,
  where?: string,
): Metric {
  const measure = statements.scan(sql, where);
  return { name: named(`Column.${column.name}.${metric}`, where), read: (readings) => readings.number(measure) };
}

function extremes(
  [most, least]: [string, string],
  column: TableColumn,
  of: string,
  context: MetricContext,
  where?: string,
): Metric[] {
  return [
    aggregate(most, column, `max(${of})`, context, where),
    aggregate(least, column, `min(${of})`, context, where),
  ];
}

/** Sums of whole numbers must not overflow. */
export function asDouble(column: TableColumn): string {
  if (kindOfColumn(column) !== 'number')
    throw new RuleError('notNumeric', `${column.name} is ${column.type}, not a number`, {
      column: column.name,
      type: column.type,
    });
  return column.type.toLowerCase() === 'double' ? quoteName(column.name) : `CAST(${quoteName(column.name)} AS double)`;
}

function completeness(column: TableColumn, { statements }: MetricContext, where?: string): Metric {
  const rows = statements.scan('count(*)', where);
  const filled = statements.scan(`count(${quoteName(column.name)})`, where);
  return {
    name: named(`Column.${column.name}.Completeness`, where),
    read: (readings) => share(readings.count(filled), readings.count(rows)),
  };
}

export const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

function correlation(columns: TableColumn[], { statements }: MetricContext, where?: string): Metric {
  const measure = statements.scan(`corr(${columns.map(asDouble).join(', ')})`, where);
  return { name: named(`${placeOf(columns)}.ColumnCorrelation`, where), read: (readings) => readings.number(measure) };
}

/** Of the values that are there: a value is unique if one row has it. */
function grouped(type: string, columns: TableColumn[], { statements }: MetricContext, where?: string): Metric {
  const names = columns.map(({ name }) => name);
  const metric = type.startsWith('Is') ? 'Uniqueness' : type;
  const name = named(`${placeOf(columns)}.${metric}`, where);
  const values = statements.group(names, where, 'values');
  if (metric === 'DistinctValuesCount') return { name, read: (readings) => readings.number(values) };
  if (metric === 'Entropy') {
    const entropy = statements.group(names, where, 'entropy');
    return { name, read: (readings) => readings.number(entropy) };
  }
  const unique = statements.group(names, where, 'unique');
  const rows = metric === 'Uniqueness' ? statements.group(names, where, 'rows') : values;
  return { name, read: (readings) => share(readings.count(unique), readings.count(rows)) };
}

function allStatistics(column: TableColumn, context: MetricContext): Metric[] {
  const kind = kindOfColumn(column);
  const types = ['Completeness', 'Uniqueness', 'UniqueValueRatio', 'DistinctValuesCount', 'Entropy'];
  if (kind === 'text') types.push('ColumnLength');
  if (kind === 'number') types.push('ColumnValues', 'Mean', 'StandardDeviation', 'Sum');
  return [rowCount(context), ...types.flatMap((type) => metricsOf(type, [column.name], context))];
}

/** Hours from the newest value of a date to now. Ours, not Glue's: Glue has no metric for it. */
export function freshness(column: TableColumn, { statements, now }: MetricContext): Metric {
  const newest = statements.scan(`max(${asMoment(column)})`);
  return {
    name: `Column.${column.name}.Freshness`,
    read: (readings) => {
      const text = readings.text(newest);
      const at = text === undefined ? Number.NaN : Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
      return Number.isNaN(at) ? undefined : (now.getTime() - at) / 3_600_000;
    },
  };
}

export function readMetrics(metrics: Metric[], readings: Readings): Metrics {
  return Object.fromEntries(
    metrics.flatMap(({ name, read }) => {
      const value = read(readings);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
