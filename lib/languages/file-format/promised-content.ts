import { extensionOf } from './media-type.ts';

/** What a file's name promises: a table of this kind, or `undefined` where any content is fine. */
export type Promised = 'csv' | 'json' | 'log' | 'parquet' | undefined;

const promisedByExtension: Record<string, Promised> = {
  csv: 'csv',
  tsv: 'csv',
  psv: 'csv',
  tab: 'csv',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  log: 'log',
  parquet: 'parquet',
};

export const promisedNames = { csv: 'CSV', json: 'JSON', log: 'an access log', parquet: 'Parquet' } as const;

/** The ending of a compressed file's content: that before `.gz`. */
export function withoutGzip(fileName: string): string {
  return fileName.replace(/\.gz(ip)?$/i, '');
}

export function promisedBy(fileName: string): Promised {
  return promisedByExtension[extensionOf(withoutGzip(fileName))];
}

/** A name that says nothing of its content, so that the content decides. */
export function isOpenName(fileName: string): boolean {
  return ['', 'txt', 'dat', 'data', 'log'].includes(extensionOf(withoutGzip(fileName)));
}
