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
 * Suggests a dataset for each of the files that are dropped together. A folder is a dataset, unless it holds tables of
 * several kinds (`retail/sales_….csv`, `retail/products.csv`); else the file's own name or kind tells.
 */
export function suggestDatasets(paths: readonly string[], known: readonly string[]): string[] {
  const words = new Map<string, Set<string>>();
  for (const path of paths.filter(isTable)) {
    const folder = folderOf(path) ?? '';
    words.set(folder, (words.get(folder) ?? new Set()).add(fromName(path, known)));
  }
  return paths.map((path) => {
    const folder = folderOf(path);
    const isMixed = isTable(path) && (words.get(folder ?? '')?.size ?? 0) > 1;
    return folder && !isMixed ? toDatasetName(folder) : fromName(path, known);
  });
}

const kinds: readonly [pattern: RegExp, dataset: string][] = [
  [/\.(png|jpe?g|gif|webp|svg|tiff?|bmp|heic)$/i, 'images'],
  [/\.(pdf|md|txt|docx?|odt|rtf|html?|pptx?)$/i, 'documents'],
  [/\.log(\.gz)?$/i, 'web'],
];

const isTable = (path: string) => /\.(csv|tsv|json|ndjson|jsonl|parquet)(\.gz)?$/i.test(path);

/** The known dataset that the file's name begins with, else its kind, else its first word: `sales_paris.csv` → `sales`. */
function fromName(path: string, known: readonly string[]): string {
  const name = path.split('/').at(-1) ?? '';
  const stem = toDatasetName(name.replace(/(\.[a-z0-9]{1,8})+$/i, ''));
  const matches = known.filter((dataset) => stem === dataset || stem.startsWith(`${dataset}_`));
  const longest = matches.sort((a, b) => b.length - a.length)[0];
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  return longest ?? kind ?? stem.split('_')[0] ?? stem;
}

function folderOf(path: string): string | undefined {
  const segments = path.split('/');
  return segments.length > 1 ? segments[0] : undefined;
}

/** Returns a file's path below its dataset: a dropped folder is the dataset and not part of the path. */
export function pathInDataset(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.length > 1 ? segments.slice(1).join('/') : (segments[0] ?? '');
}
