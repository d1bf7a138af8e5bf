/** Rules that compare the table with another one, named as Glue's Data Catalog has it: `database.table`. */
import { seriesOf } from './history.ts';
import { type Check, failed, judgeNumber, type RuleContext } from './judgement.ts';
import { asDouble, share } from './metrics-of.ts';
import { RuleError } from './rule-error.ts';
import type { Condition, SimpleRule } from './ruleset.ts';
import { quoteName } from './sql-text.ts';
import {
  findColumn,
  getColumn,
  parseDataset,
  parseReference,
  same,
  splitNames,
  type TableColumn,
  tableSql,
} from './table.ts';

export function referenceCheck(rule: SimpleRule, names: string[], context: RuleContext): Check {
  const [first = '', second = '', third] = names;
  switch (rule.type) {
    case 'RowCountMatch':
      return rowCountMatch(rule, first, context);
    case 'AggregateMatch':
      return aggregateMatch(rule, first, second, context);
    case 'ReferentialIntegrity':
      return matchingRows(
        rule,
        `Column.${second}.ReferentialIntegrity`,
        integrityJoin(first, second, context),
        context,
      );
    case 'DatasetMatch':
      return matchingRows(rule, `Dataset.${first}.DatasetMatch`, datasetJoin(first, second, third, context), context);
    default:
      return schemaMatch(rule, first, context);
  }
}

const pastOf = (metric: string, { history }: RuleContext) => seriesOf(history, metric).map(({ value }) => value);

function ratioCheck(
  rule: SimpleRule,
  metric: string,
  context: RuleContext,
  read: Parameters<typeof compare>[2],
): Check {
  return compare(rule, metric, read, pastOf(metric, context));
}

function compare(
  rule: SimpleRule,
  metric: string,
  read: (readings: Parameters<Check>[0]) => { own: number | undefined; other: number | undefined },
  past: number[],
): Check {
  return (readings) => {
    const { own, other } = read(readings);
    if (other === 0 && own !== 0)
      return failed('nothingToMatch', 'the other side is 0: there is no ratio', { own: own ?? 0 }, {});
    // Nothing and nothing are the same.
    const ratio = own === undefined || other === undefined ? undefined : (share(own, other) ?? 1);
    return judgeNumber(metric, ratio, rule.condition as Condition, past);
  };
}

function rowCountMatch(rule: SimpleRule, dataset: string, context: RuleContext): Check {
  const { statements, relation } = context;
  const rows = statements.scan('count(*)');
  const others = statements.reference(parseDataset(dataset, relation.database), 'count(*)');
  return ratioCheck(rule, `Dataset.${dataset}.RowCountMatch`, context, (readings) => ({
    own: readings.number(rows),
    other: readings.number(others),
  }));
}

function aggregateMatch(rule: SimpleRule, first: string, second: string, context: RuleContext): Check {
  const [left, right] = [aggregateOf(first, context), aggregateOf(second, context)];
  const names = left.column === right.column ? left.column : `${left.column},${right.column}`;
  return ratioCheck(rule, `Column.${names}.AggregateMatch`, context, (readings) => ({
    own: readings.number(left.measure),
    other: readings.number(right.measure),
  }));
}

/** `sum(amount)`, `avg(table.amount)`, `sum(database.table.amount)`, `count(*)` */
function aggregateOf(text: string, { statements, columns, relation }: RuleContext) {
  const [, name = '', of = ''] = /^\s*(sum|avg|count|min|max)\s*\(\s*(.+?)\s*\)\s*$/is.exec(text) ?? [];
  const aggregate = name.toLowerCase();
  if (of === '')
    throw new RuleError('invalidAggregate', `expected sum(column) or avg(database.table.column), found ${text}`, {
      text,
    });
  const own = findColumn(columns, of.replace(/^primary\./i, ''));
  if (of === '*') return { column: '*', measure: statements.scan('count(*)') };
  if (own)
    return {
      column: own.name,
      measure: statements.scan(`${aggregate}(${aggregate === 'count' ? quoteName(own.name) : asDouble(own)})`),
    };
  if (!of.includes('.')) throw new RuleError('unknownColumn', `the table has no column ${of}`, { column: of });
  const { columns: names, ...table } = parseReference(of, relation.database);
  const column = quoteName(names[0] ?? '');
  const sql = `${aggregate}(${aggregate === 'count' ? column : `CAST(${column} AS double)`})`;
  return { column: names[0] ?? '', measure: statements.reference(table, sql) };
}

export interface ReferenceJoin {
  /** The other table's rows, each once, as `r`. */
  reference: string;
  /** What makes a row of `p` and one of `r` the same. */
  on: string;
}

/** Values of the columns that the other table has; a NULL is in no table. */
export function integrityJoin(
  columns: string,
  reference: string,
  context: Pick<RuleContext, 'columns' | 'relation'>,
): ReferenceJoin {
  const own = splitNames(columns).map((name) => getColumn(context.columns, name.replace(/^primary\./i, '')));
  const { columns: others, ...table } = parseReference(reference, context.relation.database);
  if (own.length !== others.length)
    throw new RuleError('unevenColumns', `${own.length} columns cannot be found in ${others.length}`, {
      own: own.length,
      others: others.length,
    });
  return {
    reference: distinctRows(table, others),
    on: own.map(({ name }, index) => `p.${quoteName(name)} = r.${quoteName(others[index] ?? '')}`).join(' AND '),
  };
}

/** Rows that the other table has too: the same keys, and the same values in the other columns. */
export function datasetJoin(
  dataset: string,
  keys: string,
  columns: string | undefined,
  context: Pick<RuleContext, 'columns' | 'relation'>,
): ReferenceJoin {
  const ofKeys = mapping(keys, context.columns);
  const others = columns
    ? mapping(columns, context.columns)
    : context.columns
        .filter(({ name }) => !ofKeys.some(({ own }) => own === name))
        .map(({ name }) => ({ own: name, other: name }));
  const on = [
    ...ofKeys.map(({ own, other }) => `p.${quoteName(own)} = r.${quoteName(other)}`),
    ...others.map(({ own, other }) => `p.${quoteName(own)} IS NOT DISTINCT FROM r.${quoteName(other)}`),
  ];
  const names = [...ofKeys, ...others].map(({ other }) => other);
  return { reference: distinctRows(parseDataset(dataset, context.relation.database), names), on: on.join(' AND ') };
}

/** `id->customer_id,day` */
function mapping(text: string, columns: TableColumn[]): { own: string; other: string }[] {
  return splitNames(text).map((pair) => {
    const [own = '', other = own] = pair.split('->').map((name) => name.trim());
    return { own: getColumn(columns, own).name, other };
  });
}

function distinctRows({ database, table }: { database: string; table: string }, names: string[]): string {
  const columns = [...new Set(names)].map(quoteName).join(', ');
  return `(SELECT DISTINCT ${columns}, 1 AS "lacustre_found" FROM ${tableSql(database, table)}) r`;
}

export const FOUND = 'r."lacustre_found"';

function matchingRows(rule: SimpleRule, metric: string, { reference, on }: ReferenceJoin, context: RuleContext): Check {
  const rows = `(SELECT * FROM ${context.statements.from()}) p`;
  const counts = context.statements.own(
    `SELECT count(*), count(${FOUND}) FROM ${rows} LEFT JOIN ${reference} ON ${on}`,
  );
  const past = pastOf(metric, context);
  return (readings) => {
    const [all, found] = (readings.rows(counts)[0] ?? []).map(Number);
    const [checkedRows, passing] = [all ?? 0, found ?? 0];
    if (checkedRows === 0)
      return { ...failed('noRows', 'there are no rows to look at', {}, {}), failingRows: 0, checkedRows };
    const judged = judgeNumber(metric, passing / checkedRows, rule.condition as Condition, past);
    return { ...judged, failingRows: checkedRows - passing, checkedRows };
  };
}

/** The share of the table's columns that the other table has, of the same type. */
function schemaMatch(rule: SimpleRule, dataset: string, context: RuleContext): Check {
  const { database, table } = parseDataset(dataset, context.relation.database);
  const tick = (name: string) => `\`${name.replaceAll('`', '')}\``;
  const described = context.statements.own(`DESCRIBE ${tick(database)}.${tick(table)}`);
  const metric = `Dataset.${dataset}.SchemaMatch`;
  const past = pastOf(metric, context);
  return (readings) => {
    const others = describedColumns(readings.rows(described));
    const missing = context.columns.filter((column) => !others.some((other) => isSame(column, other)));
    const ratio = share(context.columns.length - missing.length, context.columns.length);
    const judged = judgeNumber(metric, ratio, rule.condition as Condition, past);
    if (judged.code !== 'notMet') return judged;
    const names = missing.map(({ name }) => name).join(', ');
    const message = `${judged.message}; not in ${dataset}: ${names}`;
    return { ...judged, code: 'schemaDiffers', message, values: { ...judged.values, dataset, columns: names } };
  };
}

const isSame = (left: TableColumn, right: TableColumn) => same(left.name, right.name) && same(left.type, right.type);

/** Athena prints `name type comment` in one cell with tabs; Trino has a cell for each. */
function describedColumns(rows: (string | null)[][]): TableColumn[] {
  const columns: TableColumn[] = [];
  for (const row of rows) {
    const cells = row.length > 1 ? row : (row[0] ?? '').split('\t');
    const [name = '', type = ''] = cells.map((cell) => (cell ?? '').trim());
    // Partition columns are told once more below this.
    if (name.startsWith('#')) break;
    if (name !== '' && type !== '' && !columns.some((column) => same(column.name, name))) columns.push({ name, type });
  }
  return columns;
}
