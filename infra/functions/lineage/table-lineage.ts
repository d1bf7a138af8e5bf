/** Which column of the file each column of the tables is made of, from the contract and the job's graph. */
import { type Contract, columnsOf } from '../../../lib/languages/contract/contract.ts';
import { checkGraph } from '../../../lib/languages/job-graph/check-graph.ts';
import { defaultGraph } from '../../../lib/languages/job-graph/default-graph.ts';
import type { GraphColumn, GraphNode, JobGraph } from '../../../lib/languages/job-graph/graph.ts';
import { resolveGraph } from '../../../lib/languages/job-graph/graph-template.ts';
import { isDatasetSource, type PlannedTable, planGraph } from '../../../lib/languages/job-graph/plan.ts';
import { type ColumnOrigin, columnOrigins } from '../../../lib/languages/openlineage/column-origins.ts';
import { type DatasetId, objectId, tableId } from '../../../lib/languages/openlineage/dataset-names.ts';
import type { TableLineage } from '../../../lib/languages/openlineage/pipeline-event.ts';

export interface LineageInput {
  contract: Contract;
  /** Text of the graph; undefined for the default one. */
  graphText: string | undefined;
  dataset: string;
  database: string;
  source: { bucket: string; key: string };
  processedBucket: string;
  region: string;
  account: string;
  /** Columns of a table of the catalog; undefined for one that is not there. */
  tableColumns: (database: string, table: string) => Promise<GraphColumn[] | undefined>;
}

export interface GraphLineage {
  columns: TableLineage;
  reads: { database: string; table: string }[];
}

export async function tableLineage(input: LineageInput): Promise<GraphLineage> {
  const { contract, dataset, source, processedBucket } = input;
  const buckets = { raw: source.bucket, processed: processedBucket };
  const graph = input.graphText
    ? resolveGraph(input.graphText, buckets, contract)
    : defaultGraph(dataset, contract, buckets);
  const planned = { dataset, rawBucket: source.bucket, processedBucket };
  const raw = columnsOf(contract).map(({ physicalName, physicalType }) => ({ name: physicalName, type: physicalType }));
  const known = await catalogColumns(graph, input);
  const { columns } = checkGraph(graph, (nodeId) => {
    const node = graph.find(({ id }) => id === nodeId);
    return node && isDatasetSource(node, planned) ? raw : known.get(nodeId)?.columns;
  });
  const { own, wholeTables } = planGraph(graph, { ...planned, columns });
  const places = new Map<string, DatasetId>();
  for (const node of graph) {
    const table = known.get(node.id);
    if (table) places.set(node.id, tableId(input, table.database, table.table));
    else if (isDatasetSource(node, planned)) places.set(node.id, objectId(source.bucket, source.key));
  }
  const lineageOf = (table: PlannedTable, stopAt?: string) =>
    fields(columnOrigins(graph, columns, table.feederId, stopAt), places);
  const ownColumns = lineageOf(own);
  // What is made of all rows is made of the dataset's own table, not of this one file.
  places.set(own.feederId, tableId(input, input.database, own.name));
  return {
    columns: Object.fromEntries([
      [own.name, ownColumns],
      ...wholeTables.map((table) => [table.name, lineageOf(table, own.feederId)] as const),
    ]),
    reads: [...known.values()].map(({ database, table }) => ({ database, table })),
  };
}

async function catalogColumns(graph: JobGraph, { tableColumns }: LineageInput) {
  const tables = graph.flatMap((node) => catalogTable(node) ?? []);
  const found = await Promise.all(
    tables.map(async (table) => ({ ...table, columns: await tableColumns(table.database, table.table) })),
  );
  return new Map(found.map((table) => [table.nodeId, table]));
}

function catalogTable(node: GraphNode): { nodeId: string; database: string; table: string } | undefined {
  if (node.type !== 'CatalogSource' && node.type !== 'S3CatalogSource') return undefined;
  return { nodeId: node.id, database: node.settings.Database, table: node.settings.Table };
}

function fields(
  origins: ReadonlyMap<string, ColumnOrigin[]>,
  places: ReadonlyMap<string, DatasetId>,
): TableLineage[string] {
  return Object.fromEntries(
    [...origins].map(([column, from]) => [
      column,
      from.flatMap(({ nodeId, column: field, subtype }) => {
        const place = places.get(nodeId);
        return place ? [{ ...place, field, transformations: [{ type: 'DIRECT' as const, subtype }] }] : [];
      }),
    ]),
  );
}
