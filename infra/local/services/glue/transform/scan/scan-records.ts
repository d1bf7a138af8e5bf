import { checkJson } from '../../../../../../lib/languages/contract/check-json.ts';
import { checkLog } from '../../../../../../lib/languages/contract/check-log.ts';
import { type Contract, columnsOf } from '../../../../../../lib/languages/contract/contract.ts';
import { ProblemList } from '../../../../../../lib/languages/contract/problem-list.ts';
import { recordLengthMax } from '../../../../../../lib/languages/file-format/delimited-reader.ts';
import { headerKey } from '../../../../../../lib/languages/file-format/header-key.ts';
import { exactNumber, lastElementEnd } from '../../../../../../lib/languages/file-format/json-text.ts';
import type { LineFile } from './line-file.ts';
import type { ProblemSum } from './problem-sum.ts';

/** One object a line: JSON lines, or the lines of an access log. */
export class LineScan {
  readonly #type: 'json' | 'log';
  readonly #contract: Contract;
  readonly #problems: ProblemSum;
  readonly #copy: LineFile;
  #rows = 0;
  #lines = 0;

  constructor(type: 'json' | 'log', contract: Contract, problems: ProblemSum, copy: LineFile) {
    this.#type = type;
    this.#contract = contract;
    this.#problems = problems;
    this.#copy = copy;
    if (type === 'json') copy.write(columnsOf(contract).map(({ physicalName }) => physicalName));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Returns the rest of the text: a line that goes on in the next one. */
  scan(text: string, isLast: boolean): string {
    const end = isLast || isEndless(text) ? text.length : text.lastIndexOf('\n') + 1;
    const lines = text.slice(0, end);
    const problems = new ProblemList();
    const rows =
      this.#type === 'json'
        ? checkJson(lines, { layout: 'lines', complete: true }, this.#contract, problems)
        : checkLog(lines, true, this.#contract, problems);
    this.#problems.addPiece(problems, this.#rows, this.#lines);
    if (this.#type === 'json' && this.#problems.count === 0)
      copyRecords(
        `[${lines
          .trim()
          .split(/\s*\n\s*/)
          .join(',')}]`,
        this.#contract,
        this.#copy,
      );
    this.#rows += rows;
    this.#lines += lines.split('\n').length - 1;
    return text.slice(end);
  }
}

/** One JSON array of objects. */
export class ArrayScan {
  readonly #contract: Contract;
  readonly #problems: ProblemSum;
  readonly #copy: LineFile;
  #rows = 0;
  #lines = 0;
  #isOpened = false;

  constructor(contract: Contract, problems: ProblemSum, copy: LineFile) {
    this.#contract = contract;
    this.#problems = problems;
    this.#copy = copy;
    copy.write(columnsOf(contract).map(({ physicalName }) => physicalName));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Returns the rest of the text: an element that goes on in the next one. */
  scan(text: string, isLast: boolean): string {
    const start = this.#isOpened ? 0 : text.indexOf('[') + 1;
    const end = isLast ? text.length : lastElementEnd(text, start);
    if (end <= start && !isLast && text.length < longestWait) return text;
    const piece = end <= start ? text : `[${text.slice(start, end)}${isLast ? '' : ']'}`;
    const problems = new ProblemList();
    const rows = checkJson(piece, { layout: 'array', complete: true }, this.#contract, problems);
    this.#problems.addPiece(problems, this.#rows, this.#lines);
    if (this.#problems.count === 0) copyRecords(piece, this.#contract, this.#copy);
    this.#isOpened = true;
    this.#rows += rows;
    this.#lines += text.slice(0, end).split('\n').length - 1;
    // The comma after the last element goes with it.
    return text.slice(end + 1);
  }
}

/** A text without an end of a record in it that is longer than any record may be; the checker says so. */
const longestWait = 2 * recordLengthMax;
const isEndless = (text: string): boolean => text.length > longestWait && !text.includes('\n');

function copyRecords(json: string, contract: Contract, copy: LineFile): void {
  const keys = columnsOf(contract).map(({ physicalName }) => headerKey(physicalName));
  const records = JSON.parse(json, exactNumber) as Record<string, unknown>[];
  for (const record of records) {
    const values = new Map(Object.entries(record).map(([name, value]) => [headerKey(name), textOf(value)]));
    copy.write(keys.map((key) => values.get(key) ?? ''));
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
