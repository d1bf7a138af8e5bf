import type { ProblemCode } from '../contract/problem.ts';

/** DuckDB and Spark take longer ones, but no sane record is; a missing line break makes one of a whole file. */
export const recordLengthMax = 1024 * 1024;

export interface DelimitedOptions {
  delimiter: string;
  /** False when the text is the start of a longer one: its last line is then left out unless it is ended. */
  complete: boolean;
  /** Every line, even an empty one, is a record (a file of one column). */
  keepBlankLines?: boolean;
}

const quote = 0x22;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * Reads delimited text record by record, RFC 4180 with any delimiter, `\n`, `\r\n` or `\r` as line end.
 *
 * The reader is its own current record, and fields are spans of the text, so that reading allocates nothing: a head of
 * megabytes is checked on the way of every upload.
 */
export class DelimitedReader {
  readonly text: string;
  /** How many records were read, blank lines not among them; the number of the current one. */
  record = 0;
  /** The physical line, from 1, on which the current record starts. */
  line = 0;
  /** How many fields the current record has. */
  count = 0;
  /** Why reading stopped before the end, and at which line. */
  problem: { code: ProblemCode; line: number } | undefined;

  readonly #options: DelimitedOptions;
  readonly #delimiter: number;
  readonly #lineEnd: number;
  #position = 0;
  #nextLine = 1;
  /** Per field: start and end in the text without quotes, and whether it holds doubled quotes. */
  #spans = new Int32Array(3 * 64);

  constructor(text: string, options: DelimitedOptions) {
    this.text = text;
    this.#options = options;
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#lineEnd = findLineEnd(text);
  }

  /** Goes to the next record; false at the end, and where `problem` says why there is no going on. */
  next(): boolean {
    while (!this.problem && this.#position < this.text.length) {
      this.line = this.#nextLine;
      if (!this.#read()) return false;
      const isBlank = this.count === 1 && this.start(0) === this.end(0);
      if (isBlank && !this.#options.keepBlankLines) continue;
      this.record++;
      return true;
    }
    return false;
  }

  /** Where in the text the next record starts, and on which physical line. */
  get position(): number {
    return this.#position;
  }

  get nextLine(): number {
    return this.#nextLine;
  }

  start(field: number): number {
    return this.#spans[3 * field] as number;
  }

  end(field: number): number {
    return this.#spans[3 * field + 1] as number;
  }

  /** The value of a field, its quotes undone. */
  field(field: number): string {
    const value = this.text.slice(this.start(field), this.end(field));
    return this.#spans[3 * field + 2] ? value.replaceAll('""', '"') : value;
  }

  fields(): string[] {
    return Array.from({ length: this.count }, (_, field) => this.field(field));
  }

  /** Reads one record from the current position; false when it is cut off or broken. */
  #read(): boolean {
    const { text } = this;
    const limit = Math.min(text.length, this.#position + recordLengthMax);
    let at = this.#position;
    this.count = 0;
    for (;;) {
      at = text.charCodeAt(at) === quote ? this.#readQuoted(at, limit) : this.#readPlain(at, limit);
      if (at < 0) return false;
      if (at === text.length) return this.#endOfText();
      if (at >= limit) return this.#fail('record-too-long', this.line);
      const code = text.charCodeAt(at++);
      if (code === this.#lineEnd) break;
      if (code === carriageReturn) {
        at++;
        break;
      }
    }
    this.#position = at;
    this.#nextLine++;
    return true;
  }

  /** Reads an unquoted field; answers where it ends. */
  #readPlain(start: number, limit: number): number {
    const { text } = this;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    let at = start;
    while (at < limit) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === lineEnd) break;
      at++;
    }
    const endsLine = at < text.length && text.charCodeAt(at) === lineFeed;
    const end = endsLine && at > start && text.charCodeAt(at - 1) === carriageReturn ? at - 1 : at;
    this.#add(start, end, 0);
    return at;
  }

  /** Reads a quoted field; answers where what follows its closing quote starts, or -1. */
  #readQuoted(open: number, limit: number): number {
    const { text } = this;
    const openedAt = this.#nextLine;
    let hasDoubledQuotes = 0;
    let close = text.indexOf('"', open + 1);
    while (close >= 0 && text.charCodeAt(close + 1) === quote) {
      hasDoubledQuotes = 1;
      close = text.indexOf('"', close + 2);
    }
    if (close < 0 || close >= limit) return this.#unclosed(limit, openedAt);
    this.#add(open + 1, close, hasDoubledQuotes);
    this.#nextLine += countLineEnds(text, open, close, this.#lineEnd);
    return this.#afterQuote(close + 1);
  }

  #afterQuote(at: number): number {
    const code = this.text.charCodeAt(at);
    if (at >= this.text.length || code === this.#delimiter || code === this.#lineEnd) return at;
    const isLineEnd =
      code === carriageReturn && (this.text.charCodeAt(at + 1) === lineFeed || at + 1 === this.text.length);
    if (isLineEnd) return at;
    this.#fail('quote-misplaced', this.#nextLine);
    return -1;
  }

  #unclosed(limit: number, openedAt: number): number {
    const isCutOff = limit === this.text.length && !this.#options.complete;
    if (isCutOff) this.#position = this.text.length;
    else this.#fail('quote-unclosed', openedAt);
    return -1;
  }

  #endOfText(): boolean {
    this.#position = this.text.length;
    return this.#options.complete;
  }

  #fail(code: ProblemCode, line: number): false {
    this.problem = { code, line };
    return false;
  }

  #add(start: number, end: number, hasDoubledQuotes: number): void {
    const index = 3 * this.count++;
    if (index >= this.#spans.length) {
      const spans = new Int32Array(2 * this.#spans.length);
      spans.set(this.#spans);
      this.#spans = spans;
    }
    this.#spans[index] = start;
    this.#spans[index + 1] = end;
    this.#spans[index + 2] = hasDoubledQuotes;
  }
}

/** A carriage return ends lines by itself only in a text that has no line feed at all. */
function findLineEnd(text: string): number {
  if (text.includes('\n')) return lineFeed;
  const at = text.indexOf('\r');
  return at >= 0 && at < text.length - 1 ? carriageReturn : lineFeed;
}

function countLineEnds(text: string, start: number, end: number, lineEnd: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === lineEnd) count++;
  return count;
}
