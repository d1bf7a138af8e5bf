/** A plan as one script for the engine: check and write the file's rows, then the tables over all files. */

import type { CompiledGraph, CompiledNode } from '../../../../../lib/languages/job-graph/compile-graph.ts';
import type { GraphPlan, PlannedTable } from '../../../../../lib/languages/job-graph/plan.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import type { ScriptResult, ScriptStatement } from '../../../engine/task.ts';

export interface NodeRows {
  id: string;
  name: string;
  rows: number;
}

/** Statement ids. */
const viewId = (scope: string, { nodeId }: CompiledNode) => `view:${scope}:${nodeId}`;
const countId = (scope: string, { nodeId }: CompiledNode) => `count:${scope}:${nodeId}`;
export const copyId = (table: Pick<PlannedTable, 'name'>): string => `copy:${table.name}`;

export interface GraphScript {
  plan: GraphPlan;
  compiled: CompiledGraph;
  outputFolder: string;
  /** Absent to write only the tables over all files. */
  file: { isSmall: boolean } | undefined;
  /** Nodes over all files whose rows are known without counting. */
  knownOfWhole: string[];
}

export function graphScript({ plan, compiled, outputFolder, file, knownOfWhole }: GraphScript): ScriptStatement[] {
  const perFile = [
    ...views('file', compiled.perFile),
    copy(plan.own, outputFolder, file?.isSmall ? smallRowGroups : ''),
    ...counts('file', compiled.perFile, [plan.own.feederId]),
  ];
  const fed = plan.wholeTables.map(({ feederId }) => feederId);
  const whole = [
    ...views('whole', compiled.whole),
    ...plan.wholeTables.map((table) => copy(table, outputFolder)),
    ...counts('whole', compiled.whole, [...knownOfWhole, ...fed]),
  ];
  return file ? [...perFile, ...whole] : whole;
}

export const outputPath = (folder: string, { name }: Pick<PlannedTable, 'name'>): string => `${folder}/${name}.parquet`;

/** Rows of the nodes that lead to a table, where they are known. */
export function nodeRows(
  scope: 'file' | 'whole',
  nodes: CompiledNode[],
  result: ScriptResult,
  fed: Map<string, number>,
): NodeRows[] {
  const counted = new Map(fed);
  for (const node of nodes) {
    const count = result.statements.find(({ id }) => id === countId(scope, node))?.rows?.[0]?.rows;
    if (count !== undefined) counted.set(node.nodeId, Number(count));
  }
  // A count goes both ways along nodes that keep their rows.
  for (const node of [...nodes].reverse()) {
    const count = counted.get(node.nodeId);
    if (node.sameRowsAs && count !== undefined && !counted.has(node.sameRowsAs)) counted.set(node.sameRowsAs, count);
  }
  for (const node of nodes) {
    const count = node.sameRowsAs === undefined ? undefined : counted.get(node.sameRowsAs);
    if (count !== undefined && !counted.has(node.nodeId)) counted.set(node.nodeId, count);
  }
  return nodes.flatMap(({ nodeId: id, nodeName: name }) => {
    const rows = counted.get(id);
    return rows === undefined ? [] : [{ id, name, rows }];
  });
}

function views(scope: string, nodes: CompiledNode[]): ScriptStatement[] {
  return nodes.map((node) => ({
    id: viewId(scope, node),
    sql: `CREATE OR REPLACE TEMP VIEW ${quoteName(node.nodeId)} AS ${node.select}`,
  }));
}

function copy(table: PlannedTable, folder: string, options = ''): ScriptStatement {
  const columns = table.columns.map(({ name }) => quoteName(name)).join(', ');
  const compression = parquetCompressions[table.compression] ?? 'snappy';
  const path = quoteText(outputPath(folder, table));
  return {
    id: copyId(table),
    sql: `COPY (SELECT ${columns} FROM ${quoteName(table.feederId)}) TO ${path} (FORMAT parquet, COMPRESSION ${compression}${options})`,
  };
}

const smallRowGroups = ', ROW_GROUP_SIZE 40960';

/** Glue's names of codecs, as far as DuckDB writes them; Athena reads them all. */
const parquetCompressions: Record<string, string> = {
  snappy: 'snappy',
  gzip: 'gzip',
  lz4: 'lz4_raw',
  brotli: 'brotli',
  zstd: 'zstd',
  uncompressed: 'uncompressed',
  none: 'uncompressed',
};

/** Counts what no written table tells: nodes before a filter or a join. Each costs a pass over its rows. */
function counts(scope: string, nodes: CompiledNode[], known: string[]): ScriptStatement[] {
  const told = new Set(known);
  for (const node of [...nodes].reverse()) if (told.has(node.nodeId) && node.sameRowsAs) told.add(node.sameRowsAs);
  return nodes
    .filter(({ nodeId, sameRowsAs }) => !told.has(nodeId) && sameRowsAs === undefined)
    .map((node) => ({
      id: countId(scope, node),
      sql: `SELECT count(*) AS rows FROM ${quoteName(node.nodeId)}`,
      rows: true,
    }));
}
