import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';

export type CsvFormat = Extract<FileFormat, { type: 'csv' }>;

/** Name of the text column that a field of the file is read as: two headers may differ in case alone. */
export const fieldName = (index: number): string => `field${index}`;

/** Up to here a file is read, and its rows are written, in small pieces: in large ones it would be one thread's work. */
export const smallFileBytes = 64_000_000;

/** Twice the longest row, which the contract's checker limits to 1 MiB. */
const smallPieces = ['buffer_size = 2200000', 'max_line_size = 1100000'];

/**
 * Returns SQL of a CSV file's fields as text. Any row with another number of fields than the header stops it, as does
 * a value in another encoding or an unclosed quote.
 */
export function csvSql(
  path: string,
  { header, delimiter, encoding, compression }: CsvFormat,
  isSmall: boolean,
): string {
  const columns = header.map((_, index) => `${fieldName(index)}: 'VARCHAR'`).join(', ');
  const options = [
    // Nothing is left to DuckDB's sniffer: the file's format was settled when it was validated.
    'auto_detect = false',
    'header = true',
    `delim = ${quoteText(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `encoding = ${quoteText(encoding)}`,
    `compression = ${quoteText(compression ?? 'none')}`,
    `columns = {${columns}}`,
    ...(isSmall ? smallPieces : []),
  ];
  return `read_csv(${quoteText(path)}, ${options.join(', ')})`;
}

/** DuckDB takes every UTF-16 for little-endian; of a file in the other order it would see no line at all. */
export const isReadByEngine = ({ encoding }: CsvFormat): boolean => encoding !== 'utf-16';
