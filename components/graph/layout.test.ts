import { describe, expect, it } from 'vitest';
import { corneredPath } from './cornered-path';
import { type GraphEdge, layoutGraph } from './layout';

function draw(...lines: string[]) {
  const edges = lines.map((line): GraphEdge => {
    const [from = '', to = '', label] = line.split(/ > | : /);
    return { from, to, label };
  });
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const layout = layoutGraph(
    ids.map((id) => ({ id, label: id, shape: 'box' })),
    edges,
  );
  const node = (id: string) => layout.nodes.find((each) => each.id === id) ?? { x: -1, y: -1, width: 0, height: 0 };
  return { layout, node };
}

it('draws nothing for nothing', () => {
  expect(layoutGraph([], [])).toMatchObject({ height: 0, nodes: [], edges: [] });
});

describe('a state machine', () => {
  const { layout, node } = draw(
    'Validate > Verdict',
    'Verdict > Transform : accepted',
    'Verdict > Catalog : file',
    'Verdict > Quarantine : rejected',
    'Transform > Catalog',
    'Transform > Data?',
    'Data? > Quarantine',
    'Data? > Failed',
    'Catalog > Done',
    'Quarantine > Rejected',
  );

  it('has its good way straight down', () => {
    const spine = ['Validate', 'Verdict', 'Transform', 'Catalog', 'Done'].map(node);
    expect(new Set(spine.map(({ x }) => x)).size).toBe(1);
    expect(spine.map(({ y }) => y)).toEqual(spine.map(({ y }) => y).toSorted((a, b) => a - b));
  });

  it('puts what leaves it in one column beside it, nowhere two in one place', () => {
    const side = ['Data?', 'Quarantine', 'Failed', 'Rejected'].map(node);
    expect(new Set(side.map(({ x }) => x)).size).toBe(1);
    expect(new Set(side.map(({ y }) => y)).size).toBe(4);
    expect(node('Data?').x).toBeGreaterThan(node('Transform').x + node('Transform').width);
  });

  it('is no wider than the column of the page that shows it', () => {
    expect(layout.width).toBeLessThan(400);
    for (const { x, y, width, height } of layout.nodes) {
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  it('keeps lines that pass the same rows apart', () => {
    const paths = layout.edges.map((edge) => edge.path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

it('lives with a loop', () => {
  const { node } = draw('Ask > Ready?', 'Ready? > Use : yes', 'Ready? > Wait : no', 'Wait > Ask');
  expect(node('Ask').y).toBeLessThan(node('Ready?').y);
  expect(node('Wait').y).toBe(node('Use').y);
});

it('rounds corners and leaves straight lines alone', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 20 },
    { x: 20, y: 20 },
  ];
  expect(corneredPath([])).toBe('');
  expect(corneredPath(points.slice(0, 2))).toBe('M0 0L0 20');
  expect(corneredPath(points)).toBe('M0 0L0 13Q0 20 7 20L20 20');
});
