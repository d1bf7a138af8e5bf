import { handleOf } from './file-handles';

export interface DroppedFile {
  file: File;
  /** Leads back to it after this page is gone. */
  handle?: FileSystemFileHandle;
  /** With the folders it was dropped in: `photos/2026/quay.jpg`. */
  path: string;
}

export interface Drop {
  files: DroppedFile[];
  /** Paths of files and folders that could not be read. */
  unreadable: string[];
}

/** Files that systems leave in folders for themselves. */
const LEFTOVERS = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

/** Returns every file of a drop, folders followed to their ends. */
export async function droppedFiles(data: DataTransfer): Promise<Drop> {
  // The list is emptied when the event is over: everything is taken from it before anything is waited for.
  const taken = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ handle: handleOf(item), entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const drop: Drop = { files: [], unreadable: [] };
  for (const { handle, entry, file } of taken) {
    const handled = await handle;
    if (handled) await walkHandle(handled, handled.name, drop);
    else if (entry) await walkEntry(entry, drop);
    else if (file) drop.files.push({ file, path: file.name });
  }
  return withoutLeftovers(drop);
}

/** Returns the files of a picker; one for folders tells where in the folder each was. */
export function pickedFiles(list: FileList | null): Drop {
  const files = [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  return withoutLeftovers({ files, unreadable: [] });
}

/** Returns the files that handles of a picker lead to. */
export async function handledFiles(handles: readonly FileSystemFileHandle[]): Promise<Drop> {
  const drop: Drop = { files: [], unreadable: [] };
  for (const handle of handles) await walkHandle(handle, handle.name, drop);
  return drop;
}

function withoutLeftovers({ files, unreadable }: Drop): Drop {
  return { files: files.filter(({ path }) => !LEFTOVERS.test(path)), unreadable };
}

async function walkHandle(handle: FileSystemHandle, path: string, drop: Drop): Promise<void> {
  try {
    if (handle instanceof FileSystemFileHandle) {
      drop.files.push({ file: await handle.getFile(), path, handle });
      return;
    }
    for await (const child of (handle as FileSystemDirectoryHandle).values()) {
      await walkHandle(child, `${path}/${child.name}`, drop);
    }
  } catch {
    drop.unreadable.push(path);
  }
}

async function walkEntry(entry: FileSystemEntry, drop: Drop): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      drop.files.push({ file, path });
      return;
    }
    for (const child of await childrenOf((entry as FileSystemDirectoryEntry).createReader())) {
      await walkEntry(child, drop);
    }
  } catch {
    drop.unreadable.push(path);
  }
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
