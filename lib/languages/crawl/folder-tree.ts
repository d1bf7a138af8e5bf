import type { CrawlObject } from './crawl-plan.ts';

export interface Folder<File> {
  /** The last part of its key; empty for a bucket’s root. */
  name: string;
  /** Ends in a slash, but for a bucket's root. */
  prefix: string;
  folders: Folder<File>[];
  files: File[];
}

/** The folders below a prefix, each once; in the order of the keys. */
export function folderTree<File extends Pick<CrawlObject, 'key'>>(prefix: string, files: File[]): Folder<File> {
  const root: Folder<File> = { name: lastPart(prefix), prefix, folders: [], files: [] };
  const known = new Map([[prefix, root]]);
  const folderAt = (path: string): Folder<File> => {
    const found = known.get(path);
    if (found) return found;
    const folder: Folder<File> = { name: lastPart(path), prefix: path, folders: [], files: [] };
    known.set(path, folder);
    folderAt(path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)).folders.push(folder);
    return folder;
  };
  for (const file of files) folderAt(folderOf(file.key)).files.push(file);
  return root;
}

export function filesBelow<File>(folder: Folder<File>): File[] {
  return [...folder.files, ...folder.folders.flatMap((inner) => filesBelow(inner))];
}

export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

const lastPart = (prefix: string): string => prefix.split('/').at(-2) ?? '';
