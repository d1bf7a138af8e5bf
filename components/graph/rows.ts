interface Ends {
  from: string;
  to: string;
}

/** Returns the way from the first node that takes the first way out of each, until it ends or comes back on itself. */
export function spineOf(nodes: readonly { id: string }[], edges: readonly Ends[]): string[] {
  const spine: string[] = [];
  let next = nodes[0]?.id;
  while (next !== undefined && !spine.includes(next)) {
    const here = next;
    spine.push(here);
    next = edges.find((edge) => edge.from === here)?.to;
  }
  return spine;
}

/**
 * Returns the row of each node: below all that lead to it, and on the side the first row that is still free.
 * A way back up (a loop) does not count.
 */
export function rowsOf(
  nodes: readonly { id: string }[],
  edges: readonly Ends[],
  spine: readonly string[],
): Map<string, number> {
  const rows = new Map<string, number>();
  const sideRows = new Set<number>();
  for (const id of inOrder(nodes, edges)) {
    const above = edges.filter((edge) => edge.to === id && rows.has(edge.from)).map((edge) => rows.get(edge.from) ?? 0);
    let row = above.length > 0 ? Math.max(...above) + 1 : 0;
    if (!spine.includes(id)) {
      while (sideRows.has(row)) row++;
      sideRows.add(row);
    }
    rows.set(id, row);
  }
  return rows;
}

/** Topological order, each node as soon as all that lead to it are done; what only a loop leads to comes when it must. */
function inOrder(nodes: readonly { id: string }[], edges: readonly Ends[]): string[] {
  const done: string[] = [];
  const left = nodes.map((node) => node.id);
  while (left.length > 0) {
    const isFree = (id: string) => edges.every(({ from, to }) => to !== id || from === id || !left.includes(from));
    const at = Math.max(0, left.findIndex(isFree));
    done.push(...left.splice(at, 1));
  }
  return done;
}
