import type { ObjectVersion } from '../../s3/object-version.ts';
import type { TransformArguments } from './transform-arguments.ts';

/** The rest of the raw key after the dataset's folder. */
const fileOf = ({ source }: Pick<TransformArguments, 'source'>): string =>
  source.key.slice(source.key.indexOf('/') + 1);

/** Where a file's rows are. The key follows from the file's, so that a replaced file replaces its rows. */
export function rowsKey(args: Pick<TransformArguments, 'dataset' | 'source'>): string {
  return `${rowsFolder(args)}part-00000.parquet`;
}

export const rowsFolder = (args: Pick<TransformArguments, 'dataset' | 'source'>): string =>
  `${args.dataset}/${fileOf(args)}/`;

/** Whether an object holds rows of this file; Spark may have written more than one. */
export function isRowsOf(args: Pick<TransformArguments, 'dataset' | 'source'>, key: string): boolean {
  const folder = rowsFolder(args);
  return key.startsWith(folder) && /^part-\d+\.parquet$/.test(key.slice(folder.length));
}

/** Where the rows of a table are that each run writes as a whole. */
export const wholeTableKey = (table: string): string => `${table}/part-00000.parquet`;

/** What a file's rows say of themselves. */
export function rowsMetadata(args: TransformArguments, rows: number): Record<string, string> {
  return {
    // Metadata travels in HTTP headers.
    'source-key': encodeURIComponent(args.source.key),
    'source-version': args.sourceVersion,
    sequencer: args.sequencer,
    rows: String(rows),
  };
}

/** Rows that an object says it has; undefined when somebody else wrote it. */
export function rowsOf({ metadata }: ObjectVersion): number | undefined {
  const rows = Number(metadata.rows ?? Number.NaN);
  return Number.isInteger(rows) ? rows : undefined;
}

/** Whether an event of a key came after another. Sequencers are hexadecimal, and the shorter is padded on its right. */
export function isLater(sequencer: string, than: string): boolean {
  const length = Math.max(sequencer.length, than.length);
  return sequencer.toUpperCase().padEnd(length, '0') > than.toUpperCase().padEnd(length, '0');
}
