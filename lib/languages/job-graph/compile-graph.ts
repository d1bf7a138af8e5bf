import { duckdbType } from './column-type.ts';
import { type GraphColumn, type GraphNode, inputsOf } from './graph.ts';
import { nodeSql } from './node-sql.ts';
import type { GraphPlan } from './plan.ts';
import { quoteName, quoteText } from './sql-text.ts';

/** One node as a SELECT; the nodes that read it know it by its id. */
export interface CompiledNode {
  nodeId: string;
  nodeName: string;
  select: string;
  /** Another node (an input) that has exactly as many rows. */
  sameRowsAs: string | undefined;
}

export interface CompiledGraph {
  /** Views to be made in order; the last of them but for the target is `own.feederId`. */
  perFile: CompiledNode[];
  /** The same after the own table is complete; the first gives `own.feederId` a new meaning: the rows of all files. */
  whole: CompiledNode[];
}

export interface GraphSources {
  /** SELECT of the rows of the one raw file. */
  datasetSql: string;
  /** SELECT of a table of the catalog. */
  catalogSql: (node: GraphNode) => string;
  /** SELECT of the own table, all files. */
  ownTableSql: string;
}

/** Compiles a plan to DuckDB SQL. `columns` are those of `checkGraph`. */
export function compileGraph(
  plan: GraphPlan,
  columns: Map<string, GraphColumn[]>,
  sources: GraphSources,
): CompiledGraph {
  const compiled = (node: GraphNode): CompiledNode => {
    const ids = inputsOf(node);
    const inputs = ids.map((id) => ({ relation: quoteName(id), columns: columns.get(id) ?? [] }));
    const select = ids.length === 0 ? sources.datasetSql : nodeSql(node, inputs);
    return { nodeId: node.id, nodeName: node.settings.Name, select, sameRowsAs: keepsRows(node) ? ids[0] : undefined };
  };
  const catalog = plan.catalogSources.map((node) => ({
    nodeId: node.id,
    nodeName: node.settings.Name,
    select: sources.catalogSql(node),
    sameRowsAs: undefined,
  }));
  const feeder = plan.perFile.find(({ id }) => id === plan.own.feederId);
  const ownTable = {
    nodeId: plan.own.feederId,
    nodeName: feeder?.settings.Name ?? plan.own.name,
    select: sources.ownTableSql,
    sameRowsAs: undefined,
  };
  return {
    perFile: [...catalog, ...plan.perFile.map(compiled)],
    whole: plan.wholeTables.length > 0 ? [...catalog, ownTable, ...plan.whole.map(compiled)] : [],
  };
}

/**
 * Returns a SELECT of Parquet files that together are a table of these columns. Files from before a column was added
 * lack it and give NULL; no files at all give no rows.
 */
export function parquetTableSql(paths: string[], columns: GraphColumn[]): string {
  const empty = columns.map(({ name, type }) => `CAST(NULL AS ${duckdbType(type)}) AS ${quoteName(name)}`).join(', ');
  const none = `SELECT ${empty} WHERE false`;
  if (paths.length === 0) return none;
  const casts = columns.map(
    ({ name, type }) => `CAST(${quoteName(name)} AS ${duckdbType(type)}) AS ${quoteName(name)}`,
  );
  const files = `SELECT * FROM read_parquet([${paths.map(quoteText).join(', ')}], union_by_name = true)`;
  return `SELECT ${casts.join(', ')} FROM (${none} UNION ALL BY NAME ${files})`;
}

function keepsRows({ type }: GraphNode): boolean {
  return (
    type === 'ApplyMapping' ||
    type === 'SelectFields' ||
    type === 'DropFields' ||
    type === 'RenameField' ||
    type.endsWith('Target')
  );
}
