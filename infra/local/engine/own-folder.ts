import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileTable, QueryTask, Task } from './task.ts';

/** Above it, to link the files of a query costs more than a database of its own. */
const MAX_FILES = 256;

/** A task as it is run in the shared database. */
export interface Placed {
  task: Task;
  /** Moves the result to where it was asked for. */
  deliver: () => Promise<void>;
  /** Takes all from the folder that the task had there. */
  clear: () => void;
}

/**
 * The one folder of a child's shared database, which can open nothing outside of it: while a query runs, the files that
 * it may read are linked in there, and its result is written there. A file has the same name each time, so that
 * what is known of it stays known.
 */
export class OwnFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined for a task that needs a database of its own. */
  place(task: Task): Placed | undefined {
    if (task.type === 'prune') return { task, deliver: async () => {}, clear: () => {} };
    if (task.type !== 'query' || task.output.format !== 'csv' || task.files?.length) return undefined;
    const links = new Map<string, string>();
    for (const { path } of task.tables.flatMap(({ files }) => files)) links.set(path, join(this.path, nameOf(path)));
    if (links.size > MAX_FILES) return undefined;
    const result = join(this.path, 'result.csv');
    const clear = () => {
      for (const path of [...links.values(), result]) rmSync(path, { force: true });
    };
    if (!this.#link(links)) {
      clear();
      return undefined;
    }
    const to = task.output.path;
    const deliver = async () => {
      await mkdir(dirname(to), { recursive: true });
      await rename(result, to);
    };
    return { task: moved(task, links, result), deliver, clear };
  }

  /** False where the files are on another disk, or gone. */
  #link(links: Map<string, string>): boolean {
    try {
      mkdirSync(this.path, { recursive: true });
      for (const [path, link] of links) linkSync(path, link);
      return true;
    } catch {
      return false;
    }
  }
}

function nameOf(path: string): string {
  return createHash('sha1').update(path).digest('hex');
}

function moved(task: QueryTask, links: Map<string, string>, result: string): QueryTask {
  const tables = task.tables.map(
    (table): FileTable => ({
      ...table,
      files: table.files.map((file) => ({ ...file, path: links.get(file.path) ?? file.path })),
    }),
  );
  return { ...task, tables, output: { ...task.output, path: result } as QueryTask['output'] };
}
