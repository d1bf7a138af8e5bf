/** From what is known of a dataset to the drawing of it. */
import type { TableSummary } from '@/lib/catalog/schemas';
import { findTable } from '@/lib/languages/openlineage/dataset-names.ts';
import type { InputField, RunEvent } from '@/lib/languages/openlineage/run-event.ts';
import type { ColumnSource, Lineage, LineageNode, LineageRun } from './schemas';

export interface Known {
  name: string;
  dataset: string;
  database: string;
  addressOf: (table: { database: string; name: string }) => string;
  /** Tables of the dataset; its own first. */
  tables: TableSummary[];
  views: { name: string /** `database.table` */; reads: string[] }[];
  queries: { id: string; name: string; owner?: string; tables: string[] }[];
  files: Omit<Extract<LineageNode, { kind: 'files' }>, 'id' | 'kind'>;
  /** Newest first. */
  runs: LineageRun[];
  /** The last event of a run that went well. */
  complete: RunEvent | undefined;
}

const tableNode = (database: string, name: string) => `table:${database}.${name}`;
const FILES = 'files';
const PIPELINE = 'pipeline';

export function buildLineage(known: Known): Lineage {
  const { database, dataset, tables, complete, addressOf } = known;
  const graph = new Graph();
  graph.add({ id: FILES, kind: 'files', ...known.files });
  const isPiped = known.runs.length > 0;
  if (isPiped) {
    graph.add({ id: PIPELINE, kind: 'pipeline', dataset, ...(known.runs[0] && { last: known.runs[0] }) });
    graph.join(FILES, PIPELINE);
  }
  for (const { database: of, table } of tablesRead(complete)) {
    const place = { database: of, name: table };
    const read = graph.add({
      id: tableNode(of, table),
      kind: 'table',
      ...place,
      address: addressOf(place),
      isView: false,
    });
    if (isPiped) graph.join(read, PIPELINE);
  }
  const own = tableNode(database, dataset);
  for (const table of tables) {
    const id = graph.add(asNode(database, table, addressOf));
    // What is computed is made of all rows of the dataset's own table.
    graph.join(id === own || !graph.has(own) ? (isPiped ? PIPELINE : FILES) : own, id);
  }
  addReaders(graph, known);
  return {
    dataset,
    focus: graph.has(tableNode(database, known.name)) ? tableNode(database, known.name) : FILES,
    nodes: graph.nodes,
    edges: graph.edges,
    columns: columnsOf(complete, graph),
    runs: known.runs,
  };
}

/** Views may read views: each that reads something drawn is drawn, until nothing is added. */
function addReaders(graph: Graph, { database, views, queries, addressOf }: Known): void {
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const { name, reads } of views) {
      const id = tableNode(database, name);
      const drawn = reads.map((read) => `table:${read}`).filter((read) => read !== id && graph.has(read));
      if (drawn.length === 0 || graph.has(id)) continue;
      graph.add({ id, kind: 'table', database, name, address: addressOf({ database, name }), isView: true });
      for (const read of drawn) graph.join(read, id);
      isGrowing = true;
    }
  }
  for (const query of queries) {
    const drawn = query.tables.map((table) => `table:${table}`).filter((read) => graph.has(read));
    if (drawn.length === 0) continue;
    const id = graph.add({
      id: `query:${query.id}`,
      kind: 'query',
      queryId: query.id,
      name: query.name,
      ...(query.owner && { owner: query.owner }),
    });
    for (const read of drawn) graph.join(read, id);
  }
}

function asNode(
  database: string,
  { name, rows, sizeBytes, updatedAt }: TableSummary,
  addressOf: Known['addressOf'],
): LineageNode {
  return {
    id: tableNode(database, name),
    kind: 'table',
    database,
    name,
    address: addressOf({ database, name }),
    isView: false,
    ...(rows !== undefined && { rows }),
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

function tablesRead(event: RunEvent | undefined) {
  return (event?.inputs ?? []).flatMap((input) => findTable(input) ?? []);
}

function columnsOf(event: RunEvent | undefined, graph: Graph): Lineage['columns'] {
  const outputs = (event?.outputs ?? []).flatMap(({ name, namespace, facets }) => {
    const table = findTable({ name, namespace });
    const fields = facets?.columnLineage?.fields;
    if (!table || !fields) return [];
    const columns = Object.entries(fields).map(([column, { inputFields }]) => ({
      column,
      sources: inputFields.map((field) => columnSource(field, graph)),
    }));
    return [[tableNode(table.database, table.table), columns] as const];
  });
  return Object.fromEntries(outputs);
}

function columnSource(field: InputField, graph: Graph): ColumnSource {
  const table = findTable(field);
  const nodeId = table ? tableNode(table.database, table.table) : FILES;
  const subtype = field.transformations?.[0]?.subtype;
  const isKnown = subtype === 'IDENTITY' || subtype === 'TRANSFORMATION' || subtype === 'AGGREGATION';
  return {
    ...(graph.has(nodeId) && { nodeId }),
    from: table ? table.table : (field.name.split('/').at(-1) ?? field.name),
    column: field.field,
    subtype: isKnown ? subtype : 'OTHER',
  };
}

class Graph {
  readonly #nodes = new Map<string, LineageNode>();
  readonly edges: { from: string; to: string }[] = [];

  get nodes(): LineageNode[] {
    return [...this.#nodes.values()];
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  add(node: LineageNode): string {
    this.#nodes.set(node.id, node);
    return node.id;
  }

  join(from: string, to: string): void {
    if (!this.edges.some((edge) => edge.from === from && edge.to === to)) this.edges.push({ from, to });
  }
}
