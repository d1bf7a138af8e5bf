import { expect, it } from 'vitest';
import { layoutGraph, roundedPath } from './layout';

const nodes = ['Validate', 'Verdict', 'Transform', 'Quarantine'].map((id) => ({
  id,
  label: id,
  shape: id === 'Verdict' ? ('choice' as const) : ('box' as const),
}));
const edges = [
  { from: 'Validate', to: 'Verdict' },
  { from: 'Verdict', to: 'Transform', label: 'accepted' },
  { from: 'Verdict', to: 'Quarantine', label: 'rejected' },
];

it('places an empty graph', () => {
  expect(layoutGraph([], []).nodes).toEqual([]);
});

it('lays what follows below, and branches side by side', () => {
  const layout = layoutGraph(nodes, edges);
  const [validate, verdict, transform, quarantine] = layout.nodes;
  expect(validate?.y).toBeLessThan(verdict?.y ?? 0);
  expect(transform?.y).toBe(quarantine?.y);
  expect(Math.abs((transform?.x ?? 0) - (quarantine?.x ?? 0))).toBeGreaterThanOrEqual(156);
  expect(layout.edges[1]?.labelAt).toBeDefined();
});

it('keeps every node inside the drawing', () => {
  const layout = layoutGraph(nodes, edges);
  for (const node of layout.nodes) {
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(layout.width);
    expect(node.y + node.height).toBeLessThanOrEqual(layout.height);
  }
});

it('keeps two edges between the same two nodes apart', () => {
  const [a, b] = layoutGraph(
    nodes.slice(0, 2),
    [edges[0], edges[0]].filter((edge) => edge !== undefined),
  ).edges;
  expect(a?.path).not.toBe(b?.path);
});

it('rounds corners and leaves straight lines alone', () => {
  expect(roundedPath([])).toBe('');
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 10 },
    ]),
  ).toBe('M0 0L0 10');
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 20 },
      { x: 20, y: 20 },
    ]),
  ).toBe('M0 0L0 12Q0 20 8 20L20 20');
});
