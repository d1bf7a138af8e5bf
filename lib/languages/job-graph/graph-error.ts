export interface GraphProblem {
  /** Absent when the graph as a whole is meant. */
  nodeId?: string;
  nodeName?: string;
  /** A path into the node's settings, as in `Mapping.2.FromPath`. */
  field?: string;
  /** One sentence: what is wrong, and what to do. */
  message: string;
}

/** A graph that cannot be read, or not run. */
export class GraphError extends Error {
  readonly problems: GraphProblem[];

  constructor(problems: GraphProblem[]) {
    super(problems.map(sentenceOf).join(' '));
    this.name = 'GraphError';
    this.problems = problems;
  }
}

function sentenceOf({ nodeId, nodeName, field, message }: GraphProblem): string {
  if (!nodeId) return message;
  const node = nodeName ? `Node “${nodeName}” (${nodeId})` : `Node ${nodeId}`;
  return `${node}${field ? `, ${field}` : ''}: ${message}`;
}
