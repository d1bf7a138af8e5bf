import { checkDelimited } from '../../../../../../lib/languages/contract/check-delimited.ts';
import type { Contract } from '../../../../../../lib/languages/contract/contract.ts';
import { ProblemList } from '../../../../../../lib/languages/contract/problem-list.ts';
import { DelimitedReader } from '../../../../../../lib/languages/file-format/delimited-reader.ts';
import type { CsvFormat } from '../csv-sql.ts';
import type { LineFile } from './line-file.ts';
import type { ProblemSum } from './problem-sum.ts';

/** Scans delimited text piece by piece. Give it each text with what it left of the one before. */
export class DelimitedScan {
  readonly #format: CsvFormat;
  readonly #contract: Contract;
  readonly #problems: ProblemSum;
  readonly #copy: LineFile;
  #rows = 0;
  #lines = 0;
  /** `\n`, or `\r` in a file that has no other line end. */
  #lineEnd: string | undefined;

  constructor(format: CsvFormat, contract: Contract, problems: ProblemSum, copy: LineFile) {
    this.#format = format;
    this.#contract = contract;
    this.#problems = problems;
    this.#copy = copy;
    copy.write(format.header);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Returns the rest of the text: a record that goes on in the next one. */
  scan(text: string, isLast: boolean): string {
    this.#lineEnd ??= text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
    const body = this.#lines === 0 ? this.#skipHeader(text, isLast) : text;
    if (body === undefined) return text;
    // The checker wants a header; all the file's pieces are given the same.
    const header = csvLine(this.#format.header.map(oneLine), this.#format.delimiter) + this.#lineEnd;
    const problems = new ProblemList();
    const rows = checkDelimited(header + body, this.#format, isLast, this.#contract, problems);
    this.#problems.addPiece(problems, this.#rows, this.#lines - 1);
    const end = this.#copyRows(header + body, isLast) - header.length;
    this.#rows += rows;
    this.#lines += countOf(body.slice(0, end), this.#lineEnd);
    return isLast ? '' : body.slice(end);
  }

  #skipHeader(text: string, isLast: boolean): string | undefined {
    const reader = this.#reader(text, isLast);
    if (!reader.next()) return undefined;
    const end = recordEnd(text, reader);
    this.#lines = Math.max(1, countOf(text.slice(0, end), this.#lineEnd as string));
    return text.slice(end);
  }

  /** Copies the rows, and returns where the last whole one ends. */
  #copyRows(text: string, isLast: boolean): number {
    const reader = this.#reader(text, isLast);
    reader.next();
    let end = recordEnd(text, reader);
    while (reader.next()) {
      end = recordEnd(text, reader);
      if (this.#problems.count === 0) this.#copy.write(reader.fields());
    }
    return end;
  }

  #reader(text: string, complete: boolean): DelimitedReader {
    const { delimiter, header } = this.#format;
    return new DelimitedReader(text, { delimiter, complete, keepBlankLines: header.length === 1 });
  }
}

/** After the record's line end. */
function recordEnd(text: string, reader: DelimitedReader): number {
  let end = reader.end(reader.count - 1);
  if (text[end] === '"') end++;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return end;
}

const oneLine = (name: string): string => name.replace(/[\r\n]+/g, ' ');

const csvLine = (fields: string[], delimiter: string): string =>
  fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++;
  return count;
}
