import { aggregateName, aggregateSql, aggregateType } from './aggregate.ts';
import { castSql, constantSql } from './cast-sql.ts';
import { athenaType } from './column-type.ts';
import type { GraphColumn, GraphNode, NodeOf } from './graph.ts';
import type { FilterExpression } from './node-settings.ts';
import { quoteName, quoteText } from './sql-text.ts';

export interface NodeInput {
  /** The relation's name, quoted. */
  relation: string;
  columns: GraphColumn[];
}

/** Returns one node of a checked graph as a DuckDB SELECT over its inputs. */
export function nodeSql(node: GraphNode, inputs: NodeInput[]): string {
  const [input, other] = inputs;
  if (!input) throw new Error(`node ${node.id} has no input`);
  switch (node.type) {
    case 'ApplyMapping':
      return `SELECT ${mappedColumns(node, input).join(', ')} FROM ${input.relation}`;
    case 'SelectFields':
      return `SELECT ${names(node.settings.Paths)} FROM ${input.relation}`;
    case 'DropFields':
      return `SELECT * EXCLUDE (${names(node.settings.Paths)}) FROM ${input.relation}`;
    case 'RenameField':
      return `SELECT * RENAME (${name(node.settings.SourcePath)} AS ${name(node.settings.TargetPath)}) FROM ${input.relation}`;
    case 'Filter':
      return `SELECT * FROM ${input.relation} WHERE ${condition(node, input)}`;
    case 'Aggregate':
      return aggregate(node, input);
    case 'DropDuplicates':
      return distinct(node, input);
    case 'Join':
      return join(node, inputs);
    case 'Union': {
      const all = node.settings.UnionType === 'ALL' ? ' ALL' : '';
      return `SELECT * FROM ${input.relation} UNION${all} SELECT * FROM ${other?.relation}`;
    }
    case 'S3DirectTarget':
    case 'S3GlueParquetTarget':
    case 'S3CatalogTarget':
      return `SELECT * FROM ${input.relation}`;
    default:
      throw new Error(`node ${node.id} (${node.type}) is not compiled to SQL`);
  }
}

const name = (path: string[]): string => quoteName(path.join('.'));
const names = (paths: string[][]): string => paths.map(name).join(', ');

const typeOf = ({ columns }: NodeInput, path: string[]): string =>
  columns.find((column) => column.name === path.join('.'))?.type ?? 'string';

function mappedColumns({ settings }: NodeOf<'ApplyMapping'>, input: NodeInput): string[] {
  return settings.Mapping.filter(({ Dropped }) => !Dropped).map(({ FromPath, FromType, ToType, ToKey }) => {
    const from = typeOf(input, FromPath);
    const to = athenaType(ToType ?? FromType ?? from) ?? from;
    return `${castSql(name(FromPath), from, to)} AS ${quoteName(ToKey)}`;
  });
}

const operators = { EQ: '=', LT: '<', GT: '>', LTE: '<=', GTE: '>=' } as const;

function condition({ settings }: NodeOf<'Filter'>, input: NodeInput): string {
  return settings.Filters.map((filter) => {
    const test = comparison(filter, input);
    return filter.Negated ? `NOT (${test})` : `(${test})`;
  }).join(` ${settings.LogicalOperator} `);
}

function comparison({ Operation, Values }: FilterExpression, input: NodeInput): string {
  const column = Values.find(({ Type }) => Type === 'COLUMNEXTRACTED')?.Value ?? [];
  const [left = '', right = ''] = Values.map(({ Type, Value }) =>
    Type === 'COLUMNEXTRACTED' ? name(Value) : constantSql(Value[0] ?? '', typeOf(input, column)),
  );
  if (Operation === 'ISNULL') return `${name(column)} IS NULL`;
  // Glue's own script has Python's re.match, which looks at the start of the text only.
  if (Operation === 'REGEX')
    return `regexp_matches(CAST(${name(column)} AS VARCHAR), ${quoteText(`^(?:${patternOf(Values)})`)})`;
  return `${left} ${operators[Operation]} ${right}`;
}

const patternOf = (values: FilterExpression['Values']): string =>
  values.find(({ Type }) => Type === 'CONSTANT')?.Value[0] ?? '';

/** In the order of the groups, so that the same rows make the same file. */
function aggregate({ settings: { Groups, Aggs } }: NodeOf<'Aggregate'>, input: NodeInput): string {
  const results = Aggs.map((aggregation) => {
    const type = aggregateType(aggregation.AggFunc, typeOf(input, aggregation.Column)) ?? 'double';
    return `${aggregateSql(aggregation, type)} AS ${quoteName(aggregateName(aggregation))}`;
  });
  const groups = Groups.map(name);
  const select = `SELECT ${[...groups, ...results].join(', ')} FROM ${input.relation}`;
  return groups.length > 0 ? `${select} GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}` : select;
}

/** Spark keeps any one row of those that are alike; the first in order is one of them, and always the same. */
function distinct({ settings: { Columns } }: NodeOf<'DropDuplicates'>, input: NodeInput): string {
  if (!Columns?.length) return `SELECT DISTINCT * FROM ${input.relation} ORDER BY ALL`;
  return `SELECT DISTINCT ON (${names(Columns)}) * FROM ${input.relation} ORDER BY ${names(Columns)}, *`;
}

const joins = {
  equijoin: 'JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  outer: 'FULL JOIN',
  leftsemi: 'SEMI JOIN',
  leftanti: 'ANTI JOIN',
} as const;

function join({ settings }: NodeOf<'Join'>, [left, right]: NodeInput[]): string {
  const [leftKeys = [], rightKeys = []] = settings.Inputs.map(
    (id) => settings.Columns.find(({ From }) => From === id)?.Keys,
  );
  const on = leftKeys.map((key, i) => `l.${name(key)} = r.${name(rightKeys[i] ?? key)}`).join(' AND ');
  const isLeftOnly = settings.JoinType === 'leftsemi' || settings.JoinType === 'leftanti';
  return `SELECT ${isLeftOnly ? 'l.*' : 'l.*, r.*'} FROM ${left?.relation} AS l ${joins[settings.JoinType]} ${right?.relation} AS r ON ${on}`;
}
