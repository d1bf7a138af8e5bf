import { z } from 'zod';
import { typeText } from '../../../lib/languages/trino-sql/types.ts';
import type { FileTable, QueryColumn } from './task.ts';

/** A step of a plan, by the names and in the shape that Trino gives them: https://trino.io/docs/current/sql/explain.html */
export interface TrinoNode {
  id: string;
  name: string;
  descriptor: Record<string, string>;
  outputs: { symbol: string; type: string }[];
  details: string[];
  /** Rows that are expected. */
  estimatedRows: number | undefined;
  /** What it did, of a plan that was run. */
  spent: { rows: number; seconds: number } | undefined;
  children: TrinoNode[];
}

interface DuckNode {
  name: string;
  children: DuckNode[];
  details: Record<string, string[]>;
  spent: TrinoNode['spent'];
}

// EXPLAIN and EXPLAIN ANALYZE name the same things differently.
const DuckNode: z.ZodType<DuckNode> = z
  .looseObject({
    name: z.string().optional(),
    operator_name: z.string().optional(),
    children: z.array(z.lazy(() => DuckNode)).default([]),
    extra_info: z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({}),
    operator_cardinality: z.number().optional(),
    operator_timing: z.number().optional(),
  })
  .transform(({ name, operator_name, children, extra_info, operator_cardinality, operator_timing }) => ({
    name: (operator_name ?? name ?? '').trim(),
    children,
    details: Object.fromEntries(Object.entries(extra_info).map(([key, value]) => [key, [value].flat()])),
    spent:
      operator_cardinality === undefined ? undefined : { rows: operator_cardinality, seconds: operator_timing ?? 0 },
  }));

/** Reads DuckDB's plan as the plan of the query's own tables and columns. */
export function trinoPlan(plan: unknown, columns: QueryColumn[], tables: readonly FileTable[]): TrinoNode {
  const roots = z.union([DuckNode.transform((node) => [node]), z.array(DuckNode)]).parse(plan);
  const reader = new PlanReader(tables, outputNames(columns, tables));
  const children = roots.flatMap((root) => reader.read(root));
  const [first] = children;
  return {
    id: reader.nextId(),
    name: 'Output',
    descriptor: { columnNames: `[${columns.map(({ name }) => name).join(', ')}]` },
    outputs: columns.map(({ name, type }) => ({ symbol: name, type: typeText(type) })),
    details: [],
    estimatedRows: first?.estimatedRows,
    spent: first?.spent && { rows: first.spent.rows, seconds: 0 },
    children,
  };
}

const NAMES: Record<string, string> = {
  ORDER_BY: 'Sort',
  TOP_N: 'TopN',
  LIMIT: 'Limit',
  STREAMING_LIMIT: 'Limit',
  FILTER: 'Filter',
  PROJECTION: 'Project',
  HASH_GROUP_BY: 'Aggregate',
  PERFECT_HASH_GROUP_BY: 'Aggregate',
  PARTITIONED_AGGREGATE: 'Aggregate',
  UNGROUPED_AGGREGATE: 'Aggregate',
  SIMPLE_AGGREGATE: 'Aggregate',
  WINDOW: 'Window',
  STREAMING_WINDOW: 'Window',
  CROSS_PRODUCT: 'CrossJoin',
  UNNEST: 'Unnest',
  UNION: 'Union',
  COLUMN_DATA_SCAN: 'Values',
  DUMMY_SCAN: 'Values',
  EMPTY_RESULT: 'Values',
};

const JOINS: Record<string, string> = {
  INNER: 'InnerJoin',
  LEFT: 'LeftJoin',
  RIGHT: 'RightJoin',
  OUTER: 'FullJoin',
  SEMI: 'SemiJoin',
  MARK: 'SemiJoin',
  ANTI: 'SemiJoin',
  SINGLE: 'LeftJoin',
};

class PlanReader {
  readonly #tables: readonly FileTable[];
  readonly #unread: Set<FileTable>;
  readonly #outputs: ReadonlyMap<string, string>;
  #lastId = 0;

  constructor(tables: readonly FileTable[], outputs: ReadonlyMap<string, string>) {
    this.#tables = tables;
    this.#outputs = outputs;
    this.#unread = new Set(tables);
  }

  nextId(): string {
    return String(++this.#lastId);
  }

  /** A step that only renames or repacks columns is DuckDB's own affair: what is below stands in its place. */
  read(node: DuckNode): TrinoNode[] {
    const isOwn = node.name === '' || node.name === 'EXPLAIN_ANALYZE' || isRepacking(node);
    if (isOwn) return node.children.flatMap((child) => this.read(child));
    const children = node.children.flatMap((child) => this.read(child));
    const base = {
      id: this.nextId(),
      outputs: [],
      estimatedRows: rowsOf(node.details['Estimated Cardinality']?.[0]),
      spent: node.spent,
      children,
    };
    if (/^(TABLE_SCAN|READ_)/.test(node.name)) return [{ ...base, ...this.#scan(node) }];
    return [{ ...base, ...step(node, this.#outputs) }];
  }

  #scan({ details }: DuckNode): Pick<TrinoNode, 'name' | 'descriptor' | 'details'> {
    // Partition columns are made of the names of the files.
    const columns = (details.Projections ?? [])
      .map((column) => column.trim())
      .filter((column) => column !== '' && column !== 'filename');
    const table = this.#tableOf(columns);
    const filter = (details.Filters ?? []).filter((each) => !each.startsWith('optional:')).join(' AND ');
    const types = new Map(table?.columns.map(({ name, type }) => [name, type]));
    const read = columns.map((column) => {
      const type = types.get(column.split('.')[0]?.toLowerCase() ?? '') ?? 'unknown';
      return `${column} := ${column}:${type}:REGULAR`;
    });
    const keys = (table?.partitionColumns ?? []).flatMap(({ name, type }, index) => {
      const values = new Set(table?.files.map(({ partition }) => partition?.[index] ?? ''));
      return [`${name} := ${name}:${type}:PARTITION_KEY`, `    :: [${valueList([...values])}]`];
    });
    const shown = [...read, ...keys];
    return {
      name: filter === '' ? 'TableScan' : 'ScanFilter',
      descriptor: {
        table: table ? `awsdatacatalog:${table.schema}:${table.name}` : 'unknown',
        ...(filter === '' ? {} : { filterPredicate: filter }),
      },
      details: [...shown, ...(table ? [`files: ${table.files.length}`] : [])],
    };
  }

  /** The plan does not name the table of a scan: it is one that has its columns, first one that was not read yet. */
  #tableOf(columns: string[]): FileTable | undefined {
    const having = this.#tables.filter((table) => {
      const names = new Set([...table.columns, ...table.partitionColumns].map(({ name }) => name));
      return columns.every((column) => names.has(column.split('.')[0]?.toLowerCase() ?? ''));
    });
    const table = having.find((each) => this.#unread.has(each)) ?? having[0];
    if (table) this.#unread.delete(table);
    return table;
  }
}

const SHOWN_VALUES = 10;

function valueList(values: string[]): string {
  const shown = values.slice(0, SHOWN_VALUES).map((value) => `[${value}]`);
  return [...shown, ...(values.length > SHOWN_VALUES ? ['…'] : [])].join(', ');
}

/** The columns of a result are `c0`, `c1` … to the engine; where a table has such a column itself, they stay so. */
function outputNames(columns: QueryColumn[], tables: readonly FileTable[]): Map<string, string> {
  const names = new Map(columns.map(({ name }, index) => [`c${index}`, name]));
  const taken = tables.flatMap((table) => [...table.columns, ...table.partitionColumns]);
  return taken.some(({ name }) => names.has(name)) ? new Map() : names;
}

function step(
  { name, details }: DuckNode,
  outputs: ReadonlyMap<string, string>,
): Pick<TrinoNode, 'name' | 'descriptor' | 'details'> {
  const of = (key: string) => (details[key] ?? []).filter((text) => !isInternal(text)).join(', ');
  const join = details['Join Type']?.[0];
  if (join !== undefined) {
    const criteria = of('Conditions');
    // One process joins: the smaller side is whole in its memory.
    return {
      name: JOINS[join] ?? 'InnerJoin',
      descriptor: criteria === '' ? {} : { criteria },
      details: ['Distribution: REPLICATED'],
    };
  }
  const called = NAMES[name] ?? titled(name);
  const told: Record<string, string> = {
    keys: of('Groups'),
    orderBy: of('Order By').replace(/\bc\d+\b/g, (alias) => outputs.get(alias) ?? alias),
    count: of('Top') || of('Limit'),
    filterPredicate: called === 'Filter' ? of('Expression') || of('__expression__') : '',
  };
  const descriptor = Object.fromEntries(Object.entries(told).filter(([, text]) => text !== ''));
  const worked = [...(details.Aggregates ?? []), ...(called === 'Project' ? (details.Projections ?? []) : [])];
  return { name: called, descriptor, details: worked.filter((text) => !isInternal(text)) };
}

function isRepacking({ name, details }: DuckNode): boolean {
  return (
    name === 'PROJECTION' && (details.Projections ?? []).every((text) => isInternal(text) || /^"?[\w.]+"?$/.test(text))
  );
}

function isInternal(text: string): boolean {
  return text === '' || text.startsWith('__internal') || /^#\d+$/.test(text);
}

function rowsOf(text: string | undefined): number | undefined {
  const rows = Number(text);
  return text === undefined || Number.isNaN(rows) ? undefined : rows;
}

function titled(name: string): string {
  return name
    .toLowerCase()
    .split('_')
    .map((word) => word.replace(/^\w/, (letter) => letter.toUpperCase()))
    .join('');
}
