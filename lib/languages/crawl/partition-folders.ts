import { type PlannedTable, type Reason, reason } from './crawl-plan.ts';
import { folderOf } from './folder-tree.ts';

export interface Partitioning {
  keys: PlannedTable['partitionKeys'];
  partitions: { values: string[]; prefix: string }[];
}

/** `year=2024` */
export const isNamedFolder = (name: string): boolean => /^[^=]+=/.test(name);

/** `2024`, `05`, `2024-05-01`, `20240501`: a folder for a time. */
export const isDatedFolder = (name: string): boolean => /^\d{1,4}$|^\d{8}(\d{2})?$|^\d{4}-\d\d(-\d\d)?$/.test(name);

/** The folders between a table and its files as its partitions; all files have as many above them. */
export function partitionsOf(prefix: string, keys: string[]): Partitioning {
  const folders = [...new Set(keys.map(folderOf))];
  const levels = folders.map((folder) => folder.slice(prefix.length).split('/').filter(Boolean));
  const first = levels[0] ?? [];
  const names = namesOf(first, levels);
  return {
    keys: first.map((folder, level) => ({
      name: names[level] ?? `partition_${level}`,
      type: 'string',
      reasons: [whyOf(folder, level, levels)],
    })),
    partitions: folders.map((folder, index) => ({
      prefix: folder,
      values: (levels[index] ?? []).map((part) =>
        isNamedFolder(part) ? decoded(part.slice(part.indexOf('=') + 1)) : part,
      ),
    })),
  };
}

function namesOf(first: string[], levels: string[][]): string[] {
  return first.map((folder, level) => {
    const key = folder.slice(0, folder.indexOf('='));
    const isNamed = isNamedFolder(folder) && levels.every((parts) => parts[level]?.startsWith(`${key}=`));
    return isNamed ? key.toLowerCase() : `partition_${level}`;
  });
}

function whyOf(folder: string, level: number, levels: string[][]): Reason {
  const count = new Set(levels.map((parts) => parts[level])).size;
  if (isNamedFolder(folder)) return reason('partitionNamed', { folder, count });
  return reason(isDatedFolder(folder) ? 'partitionDated' : 'partitionFolder', { folder, level, count });
}

/** Hive writes values with percent signs where a path cannot hold them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
