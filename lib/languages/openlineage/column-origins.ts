/** From which columns of what it reads each column of a job graph's node comes. */
import { aggregateName } from '../job-graph/aggregate.ts';
import { type GraphColumn, type GraphNode, inputsOf, isSource, type JobGraph } from '../job-graph/graph.ts';

export interface ColumnOrigin {
  /** The node where the walk ended: a source, or `stopAt`. */
  nodeId: string;
  column: string;
  subtype: 'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION';
}

export type ColumnOrigins = Map<string, ColumnOrigin[]>;

/** Of every column that `nodeId` gives. The walk ends at sources, and at `stopAt`. `columns` is checkGraph's. */
export function columnOrigins(
  graph: JobGraph,
  columns: ReadonlyMap<string, readonly GraphColumn[]>,
  nodeId: string,
  stopAt?: string,
): ColumnOrigins {
  const node = graph.find(({ id }) => id === nodeId);
  const own = columns.get(nodeId) ?? [];
  if (!node || isSource(node) || nodeId === stopAt) {
    return new Map(own.map(({ name }) => [name, [{ nodeId, column: name, subtype: 'IDENTITY' }]]));
  }
  const inputs = inputsOf(node).map((id) => columnOrigins(graph, columns, id, stopAt));
  return new Map(own.map(({ name }) => [name, originsOf(node, name, inputs)]));
}

function originsOf(node: GraphNode, column: string, inputs: ColumnOrigins[]): ColumnOrigin[] {
  const from = (name: string) => inputs.flatMap((origins) => origins.get(name) ?? []);
  switch (node.type) {
    case 'ApplyMapping': {
      const mapping = node.settings.Mapping.find(({ ToKey, Dropped }) => ToKey === column && !Dropped);
      if (!mapping) return [];
      const isCast = mapping.ToType !== undefined && mapping.ToType !== mapping.FromType;
      return as(isCast ? 'TRANSFORMATION' : 'IDENTITY', from(mapping.FromPath.join('.')));
    }
    case 'RenameField':
      return from(node.settings.TargetPath.join('.') === column ? node.settings.SourcePath.join('.') : column);
    case 'Aggregate': {
      const aggregation = node.settings.Aggs.find((each) => aggregateName(each) === column);
      return aggregation ? as('AGGREGATION', from(aggregation.Column.join('.'))) : from(column);
    }
    default:
      return from(column);
  }
}

const WEIGHT = { IDENTITY: 0, TRANSFORMATION: 1, AGGREGATION: 2 } as const;

/** The stronger of what was done before and what is done here. */
function as(subtype: ColumnOrigin['subtype'], origins: ColumnOrigin[]): ColumnOrigin[] {
  return origins.map((origin) => (WEIGHT[subtype] > WEIGHT[origin.subtype] ? { ...origin, subtype } : origin));
}
