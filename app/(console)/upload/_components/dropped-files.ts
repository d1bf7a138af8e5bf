export interface DroppedFile {
  file: File;
  /** With the folders it was dropped in: `photos/2026/quay.jpg`. */
  path: string;
}

/** Files that systems leave in folders for themselves. */
const LEFTOVERS = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

/** Returns every file of a drop, folders followed to their ends. */
export async function droppedFiles(data: DataTransfer): Promise<DroppedFile[]> {
  // The list is emptied when the event is over: entries are taken before anything is waited for.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = (await Promise.all(entries.map(filesOf))).flat();
  return files.filter(({ path }) => !LEFTOVERS.test(path));
}

/** Returns the files of a picker; one for folders tells where in the folder each was. */
export function pickedFiles(list: FileList | null): DroppedFile[] {
  return [...(list ?? [])]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !LEFTOVERS.test(path));
}

async function filesOf(entry: FileSystemEntry): Promise<DroppedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const children = await childrenOf((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(children.map(filesOf))).flat();
}

/** A reader gives at most a hundred entries a time, and none when it is done. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
