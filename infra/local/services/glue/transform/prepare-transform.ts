import { Contract, columnsOf } from '../../../../../lib/languages/contract/contract.ts';
import { checkGraph } from '../../../../../lib/languages/job-graph/check-graph.ts';
import { athenaType } from '../../../../../lib/languages/job-graph/column-type.ts';
import { defaultGraph } from '../../../../../lib/languages/job-graph/default-graph.ts';
import {
  findNode,
  type GraphColumn,
  type GraphNode,
  type JobGraph,
} from '../../../../../lib/languages/job-graph/graph.ts';
import { GraphError } from '../../../../../lib/languages/job-graph/graph-error.ts';
import { resolveGraph } from '../../../../../lib/languages/job-graph/graph-template.ts';
import { type GraphPlan, isDatasetSource, planGraph } from '../../../../../lib/languages/job-graph/plan.ts';
import type { Catalog } from '../catalog.ts';
import type { JobFiles } from '../jobs/job-files.ts';
import { JobFailure } from '../jobs/job-run.ts';
import type { TransformArguments } from './transform-arguments.ts';

export interface PreparedTransform {
  contract: Contract;
  plan: GraphPlan;
  /** Of every node. */
  columns: Map<string, GraphColumn[]>;
}

/** Reads the contract and the graph, and plans the work; fails where they do not fit together. */
export async function prepareTransform(
  args: TransformArguments,
  files: JobFiles,
  catalog: Catalog,
): Promise<PreparedTransform> {
  const contract = await readContract(args, files);
  const buckets = { raw: args.source.bucket, processed: args.processedBucket };
  try {
    const graph = args.graph
      ? resolveGraph(await files.readText(args.graph.bucket, args.graph.key), buckets, contract)
      : defaultGraph(args.dataset, contract, buckets);
    return { contract, ...planFor(graph, contract, args, catalog) };
  } catch (error) {
    if (error instanceof GraphError) throw new JobFailure(`The job graph cannot run. ${error.message}`);
    throw error;
  }
}

async function readContract({ contract: { bucket, key } }: TransformArguments, files: JobFiles): Promise<Contract> {
  const parsed = Contract.safeParse(await files.readJson(bucket, key));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new JobFailure(`s3://${bucket}/${key} is not a data contract: ${issue?.path.join('.')}: ${issue?.message}.`);
}

function planFor(graph: JobGraph, contract: Contract, args: TransformArguments, catalog: Catalog) {
  const dataset = { dataset: args.dataset, rawBucket: args.source.bucket, processedBucket: args.processedBucket };
  const contractColumns = columnsOf(contract).map(({ physicalName, physicalType }) => ({
    name: physicalName,
    type: physicalType,
  }));
  const { problems, columns } = checkGraph(graph, (nodeId) => {
    const node = findNode(graph, nodeId) as GraphNode;
    return isDatasetSource(node, dataset) ? contractColumns : catalogColumns(node, catalog);
  });
  if (problems.length > 0) throw new GraphError(problems);
  return { columns, plan: planGraph(graph, { ...dataset, columns }) };
}

function catalogColumns(node: GraphNode, catalog: Catalog): GraphColumn[] | undefined {
  if (node.type !== 'CatalogSource' && node.type !== 'S3CatalogSource') return undefined;
  const table = catalog.findTable(node.settings.Database, node.settings.Table);
  return table?.StorageDescriptor?.Columns?.map(({ Name, Type = 'string' }) => ({
    name: Name,
    type: athenaType(Type) ?? Type,
  }));
}
