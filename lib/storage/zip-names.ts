/**
 * Returns what each key is called in an archive: without the folder's prefix, without parts that would climb out of where
 * it is unpacked, and no two alike.
 */
export function zipNames(prefix: string, keys: readonly string[]): { key: string; name: string }[] {
  const taken = new Set<string>();
  return keys.flatMap((key) => {
    const inFolder = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    const parts = inFolder.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
    // The marker of a folder is none of its files.
    if (parts.length === 0 || key.endsWith('/')) return [];
    const name = free(parts.join('/'), taken);
    taken.add(name);
    return [{ key, name }];
  });
}

function free(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)((?:\.[^./]+)?)$/s.exec(name) ?? [];
  let candidate = name;
  for (let copy = 2; taken.has(candidate); copy++) candidate = `${stem} (${copy})${ending}`;
  return candidate;
}
