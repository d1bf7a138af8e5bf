export interface Point {
  x: number;
  y: number;
}

const CORNER = 7;

/** Returns an SVG path through the points whose corners are rounded. */
export function corneredPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const corners = rest.slice(0, -1).map((corner, index) => {
    const before = points[index] ?? corner;
    const after = points[index + 2] ?? corner;
    return `L${at(toward(corner, before))}Q${at(corner)} ${at(toward(corner, after))}`;
  });
  const last = rest.at(-1);
  return `M${at(first)}${corners.join('')}${last ? `L${at(last)}` : ''}`;
}

function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
