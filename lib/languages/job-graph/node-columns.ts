import { aggregateName, aggregateType } from './aggregate.ts';
import { isCastable } from './cast-sql.ts';
import { athenaType } from './column-type.ts';
import type { GraphColumn, GraphNode, NodeOf } from './graph.ts';
import type { GraphProblem } from './graph-error.ts';

/** What a node's columns are found from, and where it says what is wrong. */
export interface ColumnsInput {
  /** Columns of each input, in the order of `Inputs`. */
  inputs: GraphColumn[][];
  report: (problem: Pick<GraphProblem, 'field' | 'message'>) => void;
}

/**
 * Returns the columns that a node gives, as Spark would name and type them. What it reports on is left out of the
 * result, so that one mistake is told once and not again by each node after it.
 */
export function nodeColumns(node: GraphNode, input: ColumnsInput): GraphColumn[] {
  const [columns = []] = input.inputs;
  switch (node.type) {
    case 'ApplyMapping':
      return mapped(node, columns, input);
    case 'SelectFields':
      return node.settings.Paths.flatMap((path, i) => known(columns, path, `Paths.${i}`, input) ?? []);
    case 'DropFields': {
      const dropped = node.settings.Paths.map((path, i) => known(columns, path, `Paths.${i}`, input)?.name);
      return columns.filter(({ name }) => !dropped.includes(name));
    }
    case 'RenameField':
      return renamed(node, columns, input);
    case 'Filter':
      checkFilters(node, columns, input);
      return columns;
    case 'DropDuplicates':
      node.settings.Columns?.forEach((path, i) => {
        known(columns, path, `Columns.${i}`, input);
      });
      return columns;
    case 'Aggregate':
      return aggregated(node, columns, input);
    case 'Join':
      return joined(node, input);
    case 'Union':
      return united(input);
    case 'S3DirectTarget':
    case 'S3GlueParquetTarget':
    case 'S3CatalogTarget':
      node.settings.PartitionKeys?.forEach((path, i) => {
        known(columns, path, `PartitionKeys.${i}`, input);
      });
      return columns;
    default:
      return columns;
  }
}

function known(
  columns: GraphColumn[],
  path: string[],
  field: string,
  { report }: ColumnsInput,
): GraphColumn | undefined {
  const name = path.join('.');
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) {
    const names = columns.map((candidate) => candidate.name).join(', ') || 'none';
    report({ field, message: `there is no column “${name}”. There are: ${names}.` });
  }
  return column;
}

function mapped(node: NodeOf<'ApplyMapping'>, columns: GraphColumn[], input: ColumnsInput): GraphColumn[] {
  const result: GraphColumn[] = [];
  node.settings.Mapping.forEach((mapping, i) => {
    const from = known(columns, mapping.FromPath, `Mapping.${i}.FromPath`, input);
    if (!from || mapping.Dropped) return;
    const wanted = mapping.ToType ?? mapping.FromType;
    const type = wanted === undefined ? from.type : athenaType(wanted);
    if (!type)
      input.report({ field: `Mapping.${i}.ToType`, message: `“${wanted}” is not a type that a column can have.` });
    else if (!isCastable(from.type, type)) {
      input.report({
        field: `Mapping.${i}.ToType`,
        message: `“${from.name}” is ${from.type}, which cannot become ${type}.`,
      });
    } else if (result.some(({ name }) => name === mapping.ToKey)) {
      input.report({ field: `Mapping.${i}.ToKey`, message: `two columns are called “${mapping.ToKey}”.` });
    } else result.push({ name: mapping.ToKey, type });
  });
  return result;
}

function renamed(node: NodeOf<'RenameField'>, columns: GraphColumn[], input: ColumnsInput): GraphColumn[] {
  const from = known(columns, node.settings.SourcePath, 'SourcePath', input);
  const target = node.settings.TargetPath.join('.');
  if (columns.some((column) => column !== from && column.name === target)) {
    input.report({ field: 'TargetPath', message: `there is a column “${target}” already.` });
    return columns;
  }
  return columns.map((column) => (column === from ? { ...column, name: target } : column));
}

function checkFilters(node: NodeOf<'Filter'>, columns: GraphColumn[], input: ColumnsInput): void {
  node.settings.Filters.forEach(({ Operation, Values }, i) => {
    const field = `Filters.${i}.Values`;
    const extracted = Values.filter(({ Type }) => Type === 'COLUMNEXTRACTED');
    for (const { Value } of extracted) known(columns, Value, field, input);
    if (extracted.length === 0) input.report({ field, message: 'compares no column.' });
    if (Operation !== 'ISNULL' && Values.length < 2) input.report({ field, message: `${Operation} needs two values.` });
  });
}

function aggregated(node: NodeOf<'Aggregate'>, columns: GraphColumn[], input: ColumnsInput): GraphColumn[] {
  const groups = node.settings.Groups.flatMap((path, i) => known(columns, path, `Groups.${i}`, input) ?? []);
  const results = node.settings.Aggs.flatMap((aggregation, i) => {
    const column = known(columns, aggregation.Column, `Aggs.${i}.Column`, input);
    if (!column) return [];
    const type = aggregateType(aggregation.AggFunc, column.type);
    if (type) return [{ name: aggregateName(aggregation), type }];
    const message = `${aggregation.AggFunc} needs a number, but “${column.name}” is ${column.type}.`;
    input.report({ field: `Aggs.${i}.Column`, message });
    return [];
  });
  const names = [...groups, ...results].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) input.report({ field: 'Aggs', message: `two columns are called “${twice}”.` });
  return [...groups, ...results];
}

function joined(node: NodeOf<'Join'>, input: ColumnsInput): GraphColumn[] {
  const { Inputs, Columns, JoinType } = node.settings;
  const sides = Inputs.map((id, i) => ({
    columns: input.inputs[i] ?? [],
    keys: Columns.find(({ From }) => From === id)?.Keys,
  }));
  const [left, right] = sides;
  if (!left?.keys || !right?.keys || left.keys.length !== right.keys.length) {
    input.report({ field: 'Columns', message: 'must name as many keys of the one input as of the other.' });
    return left?.columns ?? [];
  }
  for (const { columns, keys = [] } of sides) for (const key of keys) known(columns, key, 'Columns', input);
  if (JoinType === 'leftsemi' || JoinType === 'leftanti') return left.columns;
  const names = left.columns.map(({ name }) => name);
  const both = right.columns.filter(({ name }) => names.includes(name)).map(({ name }) => name);
  if (both.length > 0) {
    const message = `both inputs have ${both.map((name) => `“${name}”`).join(', ')}. Rename the columns of one before joining.`;
    input.report({ field: 'Inputs', message });
  }
  return [...left.columns, ...right.columns.filter(({ name }) => !names.includes(name))];
}

function united({ inputs: [left = [], right = []], report }: ColumnsInput): GraphColumn[] {
  const isSame = left.length === right.length && left.every(({ type }, i) => type === right[i]?.type);
  if (!isSame) {
    const print = (columns: GraphColumn[]) => columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    report({ field: 'Inputs', message: `have different columns: ${print(left)}; and ${print(right)}.` });
  }
  return left;
}
