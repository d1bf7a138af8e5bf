/** Where a drawing of a lineage puts each node: in stages from left to right, each edge from one stage to a later one. */

export interface Stage {
  ids: string[];
}

/** A node stands one stage behind the last of those that it is made of; the order within a stage is that of `ids`. */
export function stagesOf(ids: readonly string[], edges: readonly { from: string; to: string }[]): Stage[] {
  const depths = new Map<string, number>();
  const depthOf = (id: string, path: readonly string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    // Two views cannot read each other, but who knows what a catalog says: a circle ends where it began.
    const before = edges.filter(({ to, from }) => to === id && !path.includes(from));
    const depth = Math.max(-1, ...before.map(({ from }) => depthOf(from, [...path, id]))) + 1;
    depths.set(id, depth);
    return depth;
  };
  const stages: Stage[] = [];
  for (const id of ids) {
    const depth = depthOf(id, []);
    while (stages.length <= depth) stages.push({ ids: [] });
    stages[depth]?.ids.push(id);
  }
  return stages;
}

/** Every node that `id` is made of or that is made of it, itself too. */
export function related(id: string, edges: readonly { from: string; to: string }[]): Set<string> {
  const walk = (next: (at: string) => string[]) => {
    const found = new Set([id]);
    for (const at of found) for (const other of next(at)) found.add(other);
    return found;
  };
  return new Set([
    ...walk((at) => edges.filter(({ to }) => to === at).map(({ from }) => from)),
    ...walk((at) => edges.filter(({ from }) => from === at).map(({ to }) => to)),
  ]);
}
