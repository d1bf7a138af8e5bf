/**
 * What of a graph is done for each file, and what for the whole table.
 *
 * A dataset's own table (the target `s3://<processed>/<dataset>/`) is made of one object per raw file, so that a file
 * that is replaced or deleted takes only its own rows with it. All that leads to it is done **per file**, and so has
 * to be row by row. A join with a table of the catalog is: each row finds its partners, whatever file it came in.
 * Nodes that need all rows (Aggregate, DropDuplicates, …) come after the node that feeds the own table. They read the
 * **whole** table, of all files, and their own tables are written anew by each run.
 */
import {
  findNode,
  type GraphColumn,
  type GraphNode,
  inputsOf,
  isSource,
  isTarget,
  type JobGraph,
  type TargetNode,
} from './graph.ts';
import { GraphError } from './graph-error.ts';
import type { NodeType } from './node-settings.ts';

export interface PlannedTable {
  name: string;
  /** `s3://bucket/name/` */
  location: string;
  scope: 'file' | 'whole';
  targetId: string;
  /** The node whose rows are written. */
  feederId: string;
  columns: GraphColumn[];
  compression: string;
}

export interface GraphPlan {
  /** Done on one file's rows, in order; the dataset's source is the first. */
  perFile: GraphNode[];
  /** Sources in the catalog that either part reads. */
  catalogSources: GraphNode[];
  own: PlannedTable;
  /** Done on the rows of all files, in order; they read `own.feederId`. */
  whole: GraphNode[];
  wholeTables: PlannedTable[];
}

export interface PlannedDataset {
  dataset: string;
  rawBucket: string;
  processedBucket: string;
  /** Of every node, from `checkGraph`. */
  columns: Map<string, GraphColumn[]>;
}

const rowWise: NodeType[] = ['ApplyMapping', 'SelectFields', 'DropFields', 'RenameField', 'Filter'];

/** Throws a GraphError where the graph has no own target, or asks one file for what only the whole table can tell. */
export function planGraph(graph: JobGraph, dataset: PlannedDataset): GraphPlan {
  const ownTarget = graph.filter(isTarget).find((node) => tableOf(node, dataset).name === dataset.dataset);
  if (!ownTarget) {
    const location = `s3://${dataset.processedBucket}/${dataset.dataset}/`;
    throw new GraphError([{ message: `The graph has no target for the dataset's own table, ${location}. Add one.` }]);
  }
  const own = tableOf(ownTarget, dataset);
  const perFile = upstream(graph, own.feederId);
  for (const node of perFile) mustBePerFile(node, graph, dataset);
  const wholeTargets = graph.filter(isTarget).filter((node) => node !== ownTarget);
  const whole = graph.filter((node) => wholeTargets.some((t) => upstream(graph, t.id, own.feederId).includes(node)));
  for (const node of whole) mustReadWhole(node, graph, own, dataset);
  const isCatalog = (node: GraphNode) => node.type === 'CatalogSource' || node.type === 'S3CatalogSource';
  return {
    perFile: perFile.filter((node) => !isCatalog(node)),
    catalogSources: graph.filter((node) => isCatalog(node) && (perFile.includes(node) || whole.includes(node))),
    own: { ...own, scope: 'file' },
    whole: whole.filter((node) => !isCatalog(node) && !isTarget(node)),
    wholeTables: wholeTargets.map((node) => tableOf(node, dataset)),
  };
}

/** The source that stands for the dataset's raw files. */
export function isDatasetSource(
  node: GraphNode,
  { dataset, rawBucket }: Pick<PlannedDataset, 'dataset' | 'rawBucket'>,
): boolean {
  const folder = `s3://${rawBucket}/${dataset}`;
  return (
    'Paths' in node.settings &&
    isSource(node) &&
    (node.settings.Paths as string[]).every((path) => withoutSlash(path) === folder)
  );
}

function tableOf(target: TargetNode, { processedBucket, columns }: PlannedDataset): PlannedTable {
  const { settings } = target;
  const location =
    'Path' in settings && typeof settings.Path === 'string'
      ? `${withoutSlash(settings.Path)}/`
      : `s3://${processedBucket}/${settings.Table}/`;
  const [, name] = /^s3:\/\/([^/]+\/[a-z][a-z0-9_]*)\/$/.exec(location) ?? [];
  const named = { nodeId: target.id, nodeName: settings.Name };
  if (!name?.startsWith(`${processedBucket}/`)) {
    const message = `must be a folder of the processed zone with a table's name, as in s3://${processedBucket}/sales/.`;
    throw new GraphError([{ ...named, field: 'Path', message }]);
  }
  if (settings.PartitionKeys?.length) {
    const message = 'tables of this job are laid out by file, and cannot be partitioned by a column as well.';
    throw new GraphError([{ ...named, field: 'PartitionKeys', message }]);
  }
  return {
    name: name.slice(processedBucket.length + 1),
    location,
    scope: 'whole',
    targetId: target.id,
    feederId: inputsOf(target)[0] as string, // the schema asks for exactly one
    columns: columns.get(target.id) ?? [],
    compression:
      'Compression' in settings && typeof settings.Compression === 'string' ? settings.Compression : 'snappy',
  };
}

/** The node and all that it reads, directly or not, as far as `stop` (which is left out); in the graph's order. */
function upstream(graph: JobGraph, id: string, stop?: string): GraphNode[] {
  const found = new Set<string>();
  const visit = (nodeId: string) => {
    if (nodeId === stop || found.has(nodeId)) return;
    found.add(nodeId);
    const node = findNode(graph, nodeId);
    if (node) inputsOf(node).forEach(visit);
  };
  visit(id);
  return graph.filter((node) => found.has(node.id));
}

function mustBePerFile(node: GraphNode, graph: JobGraph, dataset: PlannedDataset): void {
  if (rowWise.includes(node.type) || isDatasetSource(node, dataset) || isCatalogSource(node)) return;
  if (node.type === 'Join' && isJoinPerFile(node, graph, dataset)) return;
  throw new GraphError([{ nodeId: node.id, nodeName: node.settings.Name, message: reasonPerFile(node, dataset) }]);
}

const isCatalogSource = (node: GraphNode): boolean => node.type === 'CatalogSource' || node.type === 'S3CatalogSource';

/** The file's rows on the left, and only what the catalog holds on the right: then no row is made without a file's. */
function isJoinPerFile(node: GraphNode, graph: JobGraph, dataset: PlannedDataset): boolean {
  if (node.type !== 'Join' || node.settings.JoinType === 'right' || node.settings.JoinType === 'outer') return false;
  const [left, right] = inputsOf(node).map((id) => upstream(graph, id));
  const readsFile = (nodes: GraphNode[] = []) => nodes.some((upper) => isDatasetSource(upper, dataset));
  return readsFile(left) && !readsFile(right);
}

function reasonPerFile(node: GraphNode, { rawBucket, dataset }: PlannedDataset): string {
  if (isSource(node)) {
    return `reads other files than those of the dataset (s3://${rawBucket}/${dataset}/). Read their table by a CatalogSource.`;
  }
  if (node.type === 'Join') {
    return "feeds the dataset's own table, so the dataset must be its first input, and it must not be a right or full join.";
  }
  return `${node.type} needs the rows of all files, so it cannot lead to the dataset's own table. Place it after the node that feeds that table.`;
}

function mustReadWhole(node: GraphNode, graph: JobGraph, own: PlannedTable, dataset: PlannedDataset): void {
  if (!isSource(node) || isCatalogSource(node)) return;
  const feeder = findNode(graph, own.feederId)?.settings.Name ?? own.feederId;
  const message = isDatasetSource(node, dataset)
    ? `is read by a table other than “${own.name}” by a way of its own. Let that table's nodes read “${feeder}”, which feeds “${own.name}”.`
    : reasonPerFile(node, dataset);
  throw new GraphError([{ nodeId: node.id, nodeName: node.settings.Name, message }]);
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, '');
