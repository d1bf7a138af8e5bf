import { type GraphEdge, type GraphNode, type Layout, layoutGraph } from '@/components/graph/layout';
import { parseDefinition } from '@/lib/languages/asl/parse-definition.ts';
import { type StateEdge, type StateNode, stateGraph } from '@/lib/languages/asl/state-graph.ts';

/** A state machine that is ready to be drawn; made on the server, so that no browser has to parse or lay out. */
export interface Machine {
  name: string;
  definition: string;
  layout: Layout;
}

export function drawMachine(name: string, definition: string): Machine {
  const parsed = parseDefinition(definition).definition;
  const { nodes, edges } = parsed ? stateGraph(parsed) : { nodes: [], edges: [] };
  const failing = new Set(nodes.filter((node) => node.type === 'Fail').map((node) => node.id));
  return {
    name,
    definition,
    layout: layoutGraph(
      nodes.map(toNode),
      edges.map((edge) => toEdge(edge, failing)),
    ),
  };
}

function toNode({ id, type }: StateNode): GraphNode {
  return { id, label: id, shape: type === 'Choice' ? 'choice' : 'box' };
}

/** Only a choice is labelled: the errors of a catch would fill the drawing, and the timeline tells the one that was. */
function toEdge({ from, to, kind, label }: StateEdge, failing: ReadonlySet<string>): GraphEdge {
  return {
    from,
    to,
    label: kind === 'choice' ? shortLabel(label) : undefined,
    isQuiet: kind === 'catch' && failing.has(to),
  };
}

/** `$.status == "accepted"` → `accepted`, `$.drafts is present` → `drafts`: what tells the ways out of one choice apart. */
function shortLabel(label = ''): string {
  const end = /(?:(?:==|matches) "\*?(?<value>[^"*]+)\*?"|(?<name>\w+) is present)$/.exec(label)?.groups;
  return end?.value ?? end?.name ?? label;
}
