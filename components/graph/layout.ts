import { Graph, layout as place } from '@dagrejs/dagre';

export interface GraphNode {
  id: string;
  label: string;
  shape: 'box' | 'choice' | 'dot';
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
}

export interface PlacedNode extends GraphNode {
  /** The upper left corner and the size, in the drawing's own units (pixels at full size). */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge extends GraphEdge {
  /** An SVG path with rounded corners. */
  path: string;
  labelAt?: { x: number; y: number };
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const sizes = {
  box: { width: 156, height: 34 },
  choice: { width: 172, height: 36 },
  dot: { width: 18, height: 18 },
} as const;
const MARGIN = 14;
const CORNER = 8;

/** Places a graph from top to bottom, in layers, with as few crossings as dagre finds. */
export function layoutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 26, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  for (const node of nodes) graph.setNode(node.id, { ...sizes[node.shape] });
  edges.forEach((edge, index) => {
    graph.setEdge(
      edge.from,
      edge.to,
      edge.label ? { width: edge.label.length * 6, height: 14, labelpos: 'r' } : {},
      `${index}`,
    );
  });
  place(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map((node) => placeNode(node, graph.node(node.id))),
    edges: edges.map((edge, index) => placeEdge(edge, graph.edge(edge.from, edge.to, `${index}`))),
  };
}

interface Point {
  x: number;
  y: number;
}

function placeNode(node: GraphNode, at: Point & { width: number; height: number }): PlacedNode {
  return { ...node, x: at.x - at.width / 2, y: at.y - at.height / 2, width: at.width, height: at.height };
}

function placeEdge(edge: GraphEdge, at: { points: Point[]; x?: number; y?: number }): PlacedEdge {
  const labelAt = edge.label && at.x !== undefined && at.y !== undefined ? { x: at.x, y: at.y } : undefined;
  return { ...edge, path: roundedPath(at.points), ...(labelAt ? { labelAt } : {}) };
}

/** Returns a path through the points whose corners are cut by quadratic curves. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const middle = rest.slice(0, -1).map((corner, index) => {
    const before = points[index] ?? corner;
    const after = points[index + 2] ?? corner;
    return `L${at(toward(corner, before))}Q${at(corner)} ${at(toward(corner, after))}`;
  });
  const last = rest.at(-1);
  return `M${at(first)}${middle.join('')}${last ? `L${at(last)}` : ''}`;
}

function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
