interface Named {
  name: string;
}

/** `finance/monthly` of `finance/monthly/margins`; nothing for what is in no folder. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** `margins` of `finance/monthly/margins`. */
export function nameIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Folders in the order of their names, those in none last, with what is in each. */
export function byFolder<T extends Named>(queries: readonly T[]): { folder: string; queries: T[] }[] {
  const folders = Map.groupBy(queries, ({ name }) => folderOf(name));
  return [...folders]
    .map(([folder, inside]) => ({ folder, queries: inside }))
    .sort((a, b) => Number(a.folder === '') - Number(b.folder === '') || a.folder.localeCompare(b.folder));
}

/** How many are in a folder and in those within it. */
export function countWithin(folder: string, queries: readonly Named[]): number {
  return queries.filter(({ name }) => name.startsWith(`${folder}/`)).length;
}
