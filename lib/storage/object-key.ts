import { toSnakeCase } from '@/lib/languages/contract/snake-case.ts';

/** What a dataset may be called: as a folder, a table in Athena and a contract's name alike. */
export const DATASET_NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Returns the raw zone's key of a file: its dataset's folder, then the file's own path. */
export function objectKey(dataset: string, path: string): string {
  return `${dataset}/${path}`;
}

/** Returns a name that a dataset may have, made of any folder or file name; `files` where nothing is left of it. */
export function toDatasetName(name: string): string {
  return toSnakeCase(name).replace(/^[\d_]+/, '') || 'files';
}

/**
 * Suggests the dataset of a dropped file: the folder it was dropped in, else the known dataset or the first word that
 * its name begins with (`sales_data_london.csv` → `sales`).
 */
export function suggestDataset(path: string, known: readonly string[]): string {
  const segments = path.split('/');
  const folder = segments.length > 1 ? segments[0] : undefined;
  if (folder) return toDatasetName(folder);
  const stem = toDatasetName((segments.at(-1) ?? '').replace(/(\.[a-z0-9]{1,8})+$/i, ''));
  const matches = known.filter((name) => stem === name || stem.startsWith(`${name}_`));
  const longest = matches.sort((a, b) => b.length - a.length)[0];
  return longest ?? stem.split('_')[0] ?? stem;
}

/** Returns a file's path below its dataset: a dropped folder is the dataset and not part of the path. */
export function pathInDataset(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.length > 1 ? segments.slice(1).join('/') : (segments[0] ?? '');
}
