import { type GraphNode, inputsOf, type JobGraph } from './graph.ts';
import { GraphError, type GraphProblem } from './graph-error.ts';
import { type NodeType, nodeSettings, nodeTypes } from './node-settings.ts';

/**
 * Reads Glue's CodeGenConfigurationNodes. Throws a GraphError that names every node and field that is wrong; the
 * order of the result is topological.
 */
export function parseGraph(json: unknown): JobGraph {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new GraphError([{ message: 'A job graph is a JSON object of nodes by id.' }]);
  }
  const problems: GraphProblem[] = [];
  const nodes = Object.entries(json).flatMap(([id, node]) => parseNode(id, node, problems) ?? []);
  if (nodes.length === 0 && problems.length === 0) problems.push({ message: 'The job graph has no nodes.' });
  if (problems.length > 0) throw new GraphError(problems);
  return inOrder(nodes);
}

function parseNode(nodeId: string, json: unknown, problems: GraphProblem[]): GraphNode | undefined {
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    problems.push({ nodeId, message: 'must be an object with its kind as the one key, as in {"Filter": {…}}.' });
    return undefined;
  }
  const [type, settings] = entry;
  if (!isNodeType(type)) {
    problems.push({ nodeId, message: `is a ${type}, which is not supported. Supported are ${nodeTypes.join(', ')}.` });
    return undefined;
  }
  const parsed = nodeSettings[type].safeParse(settings);
  // One cast: the schema was looked up by the very type that is put beside its result.
  if (parsed.success) return { id: nodeId, type, settings: parsed.data } as GraphNode;
  const nodeName = typeof settings?.Name === 'string' ? { nodeName: settings.Name } : {};
  for (const issue of parsed.error.issues) {
    problems.push({ nodeId, ...nodeName, field: issue.path.join('.'), message: `${issue.message}.` });
  }
  return undefined;
}

const isNodeType = (type: string): type is NodeType => Object.hasOwn(nodeSettings, type);

/** Depth first, so that a node comes after its inputs; throws on an input that is not there, and on a cycle. */
function inOrder(nodes: GraphNode[]): JobGraph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ordered = new Set<GraphNode>();
  const visit = (node: GraphNode, path: string[]) => {
    if (ordered.has(node)) return;
    const named = { nodeId: node.id, nodeName: node.settings.Name, field: 'Inputs' };
    if (path.includes(node.id)) {
      throw new GraphError([{ ...named, message: `reads its own output: ${[...path, node.id].join(' → ')}.` }]);
    }
    for (const input of inputsOf(node)) {
      const feeder = byId.get(input);
      if (!feeder) throw new GraphError([{ ...named, message: `there is no node ${input}.` }]);
      visit(feeder, [...path, node.id]);
    }
    ordered.add(node);
  };
  for (const node of nodes) visit(node, []);
  return [...ordered];
}
