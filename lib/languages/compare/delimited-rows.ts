import type { FileFormat } from '../contract/format.ts';
import { DelimitedReader } from '../file-format/delimited-reader.ts';
import { describeReaderProblem } from '../file-format/sniff-delimited.ts';
import type { Cell, Row } from './comparison.ts';

type CsvFormat = Extract<FileFormat, { type: 'csv' }>;

/** Reads a delimited text's rows, the header left out. Throws a sentence where a quote is misplaced or never closed. */
export async function* delimitedRows(pieces: AsyncIterable<string>, format: CsvFormat): AsyncGenerator<Row[]> {
  const width = format.header.length;
  let rest = '';
  let lines = 0;
  let isHeaderRead = false;
  for await (const { text, isLast } of withLast(pieces)) {
    const options = { delimiter: format.delimiter, complete: isLast, keepBlankLines: width === 1 };
    const reader = new DelimitedReader(rest + text, options);
    const rows: Row[] = [];
    let end = 0;
    let endLine = 1;
    while (reader.next()) {
      if (isHeaderRead) rows.push(rowOf(reader, width));
      isHeaderRead = true;
      end = reader.position;
      endLine = reader.nextLine;
    }
    if (reader.problem) {
      reader.problem.line += lines;
      throw new Error(describeReaderProblem(reader).message);
    }
    if (rows.length > 0) yield rows;
    rest = reader.text.slice(end);
    lines += endLine - 1;
  }
}

/** A short row's last columns are empty; what a long one has too many of goes to its last column, and so is seen. */
function rowOf(reader: DelimitedReader, width: number): Row {
  const row: Cell[] = new Array<Cell>(width);
  for (let field = 0; field < width; field++) row[field] = field < reader.count ? cellOf(reader, field) : null;
  if (reader.count > width)
    row[width - 1] = reader
      .fields()
      .slice(width - 1)
      .join(' ');
  return row;
}

function cellOf(reader: DelimitedReader, field: number): Cell {
  const { text } = reader;
  let start = reader.start(field);
  let end = reader.end(field);
  if (start === end) return null;
  if (text.charCodeAt(start) > space && text.charCodeAt(end - 1) > space) return reader.field(field);
  while (start < end && text.charCodeAt(start) <= space) start++;
  while (start < end && text.charCodeAt(end - 1) <= space) end--;
  return start === end ? null : trimmed(reader.field(field));
}

const space = 0x20;

/** Without the space around it, as the transform job reads it: everything up to U+0020. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= space) start++;
  while (start < end && text.charCodeAt(end - 1) <= space) end--;
  return text.slice(start, end);
}

/** Tells the last piece from the others, which only the next one shows. */
export async function* withLast(pieces: AsyncIterable<string>): AsyncGenerator<{ text: string; isLast: boolean }> {
  let held: string | undefined;
  for await (const text of pieces) {
    if (held !== undefined) yield { text: held, isLast: false };
    held = text;
  }
  yield { text: held ?? '', isLast: true };
}
