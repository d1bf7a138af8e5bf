import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * One hash of everything that something is made from: the content and the names of all files at `places` (files or
 * folders below `root`; one that is missing counts as empty). Tests and compiled Python are left out.
 */
export async function sourceStamp(root: string, places: string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const place of places) {
    for (const file of await filesOf(path.join(root, place))) {
      hash
        .update(path.relative(root, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesOf(place: string): Promise<string[]> {
  if (!existsSync(place)) return [];
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return undefined;
      throw error;
    },
  );
  if (!entries) return [place];
  const isSource = (name: string) => !/\.test\.tsx?$|\.pyc$/.test(name);
  return entries
    .flatMap((entry) => (entry.isFile() && isSource(entry.name) ? [path.join(entry.parentPath, entry.name)] : []))
    .sort();
}
