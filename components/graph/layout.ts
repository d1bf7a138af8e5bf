/**
 * Places a state machine from top to bottom. The way that everything takes when all is well is a straight column, the
 * spine; what leaves it stands in a second column beside it, as near to where it left as there is room. Between the
 * columns, and on either side of them, run the lines that do not simply go to the next row.
 *
 * A layered layout (dagre) centres branches over each other and comes out half as wide again: it has to be shrunk
 * until nobody can read it.
 */
import { corneredPath, type Point } from './cornered-path';
import { rowsOf, spineOf } from './rows';

export interface GraphNode {
  id: string;
  label: string;
  shape: 'box' | 'choice';
}

export interface GraphEdge {
  from: string;
  to: string;
  label?: string;
  /** Drawn only when it was taken: ways to failure would fill the drawing. */
  isQuiet?: boolean;
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
  /** Where the label's text begins. */
  labelAt: Point;
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const NODE_HEIGHT = 34;
const ROW = 52;
const MARGIN = 12;
const LANE = 9;
const GAP = 20;
const LEAST_WIDTH = 128;
const CHARACTER = 6.7;
/** The state's shape at the left end, the duration at the right one. */
const ICON_AND_NOTE = 84;

export function layoutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const spine = spineOf(nodes, edges);
  const rows = rowsOf(nodes, edges, spine);
  const isSide = (id: string) => !spine.includes(id);
  const lanes = laneEdges(edges, rows, isSide);
  const [spineWidth, sideWidth] = [false, true].map((side) =>
    columnWidth(nodes.filter((node) => isSide(node.id) === side)),
  );
  const spineX = MARGIN + lanes.count.left * LANE;
  const sideX = spineX + (spineWidth ?? 0) + GAP + lanes.count.middle * LANE + (lanes.count.middle ? GAP / 2 : 0);
  const right = (sideWidth ? sideX + sideWidth : spineX + (spineWidth ?? 0)) + lanes.count.right * LANE + MARGIN;
  const placed = nodes.map((node): PlacedNode => {
    const width = isSide(node.id) ? (sideWidth ?? 0) : (spineWidth ?? 0);
    const y = MARGIN + (rows.get(node.id) ?? 0) * ROW;
    return { ...node, x: isSide(node.id) ? sideX : spineX, y, width, height: NODE_HEIGHT };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  const laneX = {
    left: (lane: number) => spineX - (lane + 1) * LANE,
    middle: (lane: number) => spineX + (spineWidth ?? 0) + GAP / 2 + (lane + 0.5) * LANE,
    right: (lane: number) => sideX + (sideWidth ?? 0) + (lane + 1) * LANE,
  };
  const drawn = edges.flatMap((edge, index) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const lane = lanes.of[index];
    if (!from || !to) return [];
    const points = lane ? around(from, to, laneX[lane.side](lane.at), lane.side) : straight(from, to);
    return [{ ...edge, path: corneredPath(points), labelAt: labelAt(to, points, Boolean(lane)) }];
  });
  const rowCount = Math.max(0, ...rows.values()) + 1;
  return {
    width: Math.round(right),
    height: nodes.length === 0 ? 0 : MARGIN * 2 + (rowCount - 1) * ROW + NODE_HEIGHT,
    nodes: placed,
    edges: drawn,
  };
}

function columnWidth(nodes: readonly GraphNode[]): number {
  if (nodes.length === 0) return 0;
  const widths = nodes.map(
    ({ label, shape }) => label.length * CHARACTER + (shape === 'choice' ? ICON_AND_NOTE - 16 : ICON_AND_NOTE),
  );
  return Math.round(Math.max(LEAST_WIDTH, ...widths));
}

type Side = 'left' | 'middle' | 'right';
interface Lane {
  side: Side;
  at: number;
}

/** Gives every edge that cannot go straight a lane of its own among those that pass the same rows. */
function laneEdges(
  edges: readonly GraphEdge[],
  rows: ReadonlyMap<string, number>,
  isSide: (id: string) => boolean,
): { of: (Lane | undefined)[]; count: Record<Side, number> } {
  const taken: Record<Side, [from: number, to: number][][]> = { left: [], middle: [], right: [] };
  // Nothing goes across a row in which something stands in the way.
  const sideRows = new Set([...rows].filter(([id]) => isSide(id)).map(([, row]) => row));
  const of = edges.map((edge): Lane | undefined => {
    const [from, to] = [rows.get(edge.from) ?? 0, rows.get(edge.to) ?? 0];
    const crosses = isSide(edge.from) !== isSide(edge.to);
    if (to === from + 1 && !(crosses && (isSide(edge.from) || sideRows.has(from)))) return undefined;
    const side: Side = crosses ? 'middle' : isSide(edge.from) ? 'right' : 'left';
    // Quiet edges share the first lane: hardly ever is more than one of them seen.
    if (edge.isQuiet) return { side, at: 0 };
    const span: [number, number] = [Math.min(from, to), Math.max(from, to)];
    const free = taken[side].findIndex((spans) => spans.every(([a, b]) => b <= span[0] || a >= span[1]));
    const at = free < 0 ? taken[side].length : free;
    taken[side][at] = [...(taken[side][at] ?? []), span];
    return { side, at };
  });
  return { of, count: { left: taken.left.length, middle: taken.middle.length, right: taken.right.length } };
}

/** To the next row: down, or across to the other column and down. */
function straight(from: PlacedNode, to: PlacedNode): Point[] {
  const end = { x: centre(to), y: to.y };
  if (from.x === to.x) return [{ x: centre(from), y: from.y + from.height }, end];
  return [{ x: from.x + from.width, y: middle(from) }, { x: end.x, y: middle(from) }, end];
}

/** By a lane: out of the side that faces it, along, and in by the side that faces it. */
function around(from: PlacedNode, to: PlacedNode, x: number, side: Side): Point[] {
  const face = (node: PlacedNode) =>
    side === 'left' || (side === 'middle' && node.x > x) ? node.x : node.x + node.width;
  return [
    { x: face(from), y: middle(from) },
    { x, y: middle(from) },
    { x, y: middle(to) },
    { x: face(to), y: middle(to) },
  ];
}

/** Beside the line's last way down, in the gap above the node that it leads to. */
function labelAt(to: PlacedNode, points: readonly Point[], isLane: boolean): Point {
  const down = points.at(isLane ? -2 : -1) ?? { x: 0, y: 0 };
  return { x: down.x + 5, y: to.y - 5 };
}

const centre = (node: PlacedNode) => node.x + node.width / 2;
const middle = (node: PlacedNode) => node.y + node.height / 2;
