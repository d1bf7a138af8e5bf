/** Maps over items with at most `limit` calls under way; results keep the items' order, and the first failure ends it. */
export async function withLimit<T, R>(items: readonly T[], limit: number, map: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const waiting = items.map((item, index) => ({ item, index }));
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next.index] = await map(next.item);
  });
  await Promise.all(lanes);
  return results;
}
