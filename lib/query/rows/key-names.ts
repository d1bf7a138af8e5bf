import type { ResultColumn } from '../schemas';

/** Names of a result's columns as keys, each once: a name that comes again is numbered. */
export function keyNames(columns: readonly ResultColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let key = name;
    for (let copy = 2; taken.has(key); copy++) key = `${name}_${copy}`;
    taken.add(key);
    return key;
  });
}
