import { fetchJson } from '@/lib/fetch-json';
import type { BeneathPage } from './change-schemas';
import type { Zone } from './schemas';
import { CHANGE_MAX_FILES } from './zones';

/** What a person chose in a list: a file, or a folder with everything beneath it. */
export interface Chosen {
  key: string;
  isFolder: boolean;
  sizeBytes: number;
}

export interface GatheredFiles {
  files: { key: string; sizeBytes: number }[];
  sizeBytes: number;
  /** There are more than one change may have; those beyond were not counted. */
  isTooMany: boolean;
}

/** Finds out which files were chosen, folders by everything beneath them; tells of each page how many it is by then. */
export async function gatherFiles(
  zone: Zone,
  chosen: readonly Chosen[],
  { signal, onProgress }: { signal: AbortSignal; onProgress: (gathered: GatheredFiles) => void },
): Promise<GatheredFiles> {
  const files = chosen.filter(({ isFolder }) => !isFolder).map(({ key, sizeBytes }) => ({ key, sizeBytes }));
  for (const { key: prefix } of chosen.filter(({ isFolder }) => isFolder)) {
    let nextToken: string | undefined;
    do {
      const query = new URLSearchParams({ zone, prefix, ...(nextToken ? { nextToken } : {}) });
      const page: BeneathPage = await fetchJson(`/api/files/beneath?${query}`, { signal });
      files.push(...page.files);
      nextToken = page.nextToken;
      onProgress(summed(files));
    } while (nextToken && files.length <= CHANGE_MAX_FILES);
    if (files.length > CHANGE_MAX_FILES) break;
  }
  return summed(files);
}

/** A file may have been chosen beside its folder. */
function summed(found: GatheredFiles['files']): GatheredFiles {
  const files = [...new Map(found.map((file) => [file.key, file])).values()];
  return {
    files,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    isTooMany: files.length > CHANGE_MAX_FILES,
  };
}
