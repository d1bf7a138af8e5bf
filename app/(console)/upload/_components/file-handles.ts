/** What browsers with file handles have beyond TypeScript's DOM: https://wicg.github.io/file-system-access/ */
interface HandleSource {
  getAsFileSystemHandle?: () => Promise<FileSystemFileHandle | FileSystemDirectoryHandle | null>;
}
interface PickerSource {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;
}
interface Permitted {
  requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState>;
}

/** Returns the handle of something that is being dropped, where the browser has one. */
export function handleOf(item: DataTransferItem): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | null> {
  const source = item as DataTransferItem & HandleSource;
  return source.getAsFileSystemHandle?.().catch(() => null) ?? Promise.resolve(null);
}

/** Whether `pickHandles` can be asked; elsewhere a file input is. */
export const hasPicker = () => Boolean((window as Window & PickerSource).showOpenFilePicker);

/** Lets a person choose files; none when they think better of it. */
export async function pickHandles(): Promise<FileSystemFileHandle[]> {
  try {
    return (await (window as Window & PickerSource).showOpenFilePicker?.({ multiple: true })) ?? [];
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    throw error;
  }
}

/** Returns the file that a kept handle leads to, asking for leave; undefined where it is refused or the file is gone. */
export async function reopen(handle: FileSystemFileHandle): Promise<File | undefined> {
  try {
    const permission = await (handle as FileSystemFileHandle & Permitted).requestPermission?.({ mode: 'read' });
    return permission === undefined || permission === 'granted' ? await handle.getFile() : undefined;
  } catch {
    return undefined;
  }
}
