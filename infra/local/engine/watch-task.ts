import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChildSettings } from './child-message.ts';
import { EngineError } from './engine-error.ts';
import type { QueryOutput, Task } from './task.ts';

const EVERY_MS = 250;

/** What a disk keeps for everything but results. */
const KEPT_FREE_BYTES = 2 ** 30;

/**
 * Watches what DuckDB does not limit: the bytes of a result, and memory that it does not count as its own, such as that
 * of long texts. `breached` is called once; the returned function ends the watch.
 */
export function watchTask(task: Task, settings: ChildSettings, breached: (error: EngineError) => void): () => void {
  const output = task.type === 'query' ? task.output : undefined;
  const maxMemoryBytes = memoryBytes(settings.memoryLimit) * 1.25 + 768 * 2 ** 20;
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const breach = overMemory(maxMemoryBytes) ?? (output && (await overDisk(output, settings.maxResultBytes)));
    isLooking = false;
    if (!breach) return;
    clearInterval(timer);
    breached(breach);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function overMemory(maxBytes: number): EngineError | undefined {
  if (process.memoryUsage.rss() <= maxBytes) return undefined;
  return new EngineError('OUT_OF_MEMORY', `The task took more than ${Math.round(maxBytes / 2 ** 20)} MB of memory.`);
}

async function overDisk(output: QueryOutput, maxBytes: number): Promise<EngineError | undefined> {
  try {
    const sizeBytes = output.format === 'files' ? await folderBytes(output.folder) : (await stat(output.path)).size;
    if (sizeBytes > maxBytes)
      return new EngineError('RESULT_LIMIT', `The result is larger than ${Math.round(maxBytes / 2 ** 20)} MB.`);
    const { bavail, bsize } = await statfs(dirname(output.format === 'files' ? output.folder : output.path));
    if (bavail * bsize >= KEPT_FREE_BYTES) return undefined;
    return new EngineError('RESULT_LIMIT', 'The disk of the lake is full.');
  } catch {
    // Nothing is written yet.
    return undefined;
  }
}

async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const UNITS: Record<string, number> = { KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 };

/** DuckDB's notation: `2GB`, `512MiB`. */
function memoryBytes(limit: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+)\s*([a-z]+)$/i.exec(limit) ?? [];
  return Number(amount) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
}
