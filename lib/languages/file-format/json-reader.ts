import { describeProblem } from '../contract/describe-problem.ts';
import type { Problem } from '../contract/problem.ts';
import { recordLengthMax } from './delimited-reader.ts';
import { findJsonError, type JsonError } from './find-json-error.ts';
import { exactNumber } from './json-text.ts';

export interface JsonOptions {
  layout: 'array' | 'lines';
  /** False when the text is the start of a longer one: a last record that is cut off is then left out. */
  complete: boolean;
  /** Whole numbers beyond 2^53 become texts of their digits, instead of other numbers. */
  keepsNumbers?: boolean;
}

export type JsonRecord = Record<string, unknown>;
/** Answers false to stop. */
export type VisitJson = (record: JsonRecord, row: number, line: number) => boolean | undefined;

/** Reads the objects of a JSON file one by one; answers why it could not go on, if it could not. */
export function readJson(text: string, options: JsonOptions, visit: VisitJson): Problem | undefined {
  return options.layout === 'lines' ? readLines(text, options, visit) : readArray(text, options, visit);
}

function readLines(text: string, { complete, keepsNumbers }: JsonOptions, visit: VisitJson): Problem | undefined {
  let row = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    line++;
    if (end - start > recordLengthMax) return tooLong(row + 1, line);
    if (lineEnd < 0 && !complete) return undefined;
    const source = text.slice(start, end);
    start = end + 1;
    if (source.trim() === '') continue;
    const record = parseRecord(source, { row: ++row, line, keepsNumbers });
    if (!record.ok) return record.problem;
    if (visit(record.value, row, line) === false) return undefined;
  }
  return undefined;
}

function readArray(text: string, { complete, keepsNumbers }: JsonOptions, visit: VisitJson): Problem | undefined {
  const lines = new LineCounter(text);
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  if (text[at] === ']') return checkEnd(text, at);
  for (let row = 1; ; row++) {
    const line = lines.at(at);
    const end = findElementEnd(text, at);
    if ((end < 0 ? text.length : end) - at > recordLengthMax) return tooLong(row, line);
    if (end < 0 && !complete) return undefined;
    if (end === at) return malformed({ offset: at, expected: 'a value', found: found(text, at) }, text);
    const source = end < 0 ? text.slice(at) : text.slice(at, end);
    const record = parseRecord(source, { row, line, column: lines.column(at), keepsNumbers });
    if (!record.ok) return record.problem;
    if (visit(record.value, row, line) === false) return undefined;
    at = skipSpace(text, end);
    if (text[at] === ']') return checkEnd(text, at);
    if (at >= text.length && !complete) return undefined;
    if (text[at] !== ',') return malformed({ offset: at, expected: '"," or "]"', found: found(text, at) }, text);
    at = skipSpace(text, at + 1);
  }
}

function checkEnd(text: string, closing: number): Problem | undefined {
  const at = skipSpace(text, closing + 1);
  if (at >= text.length) return undefined;
  return malformed({ offset: at, expected: 'the end of the file', found: found(text, at) }, text);
}

function found(text: string, at: number): string {
  return at >= text.length ? 'the end of the file' : `“${text[at]}”`;
}

type Parsed = { ok: true; value: JsonRecord } | { ok: false; problem: Problem };

interface RecordPlace {
  row: number;
  line: number;
  /** Where the record starts in its line, from 1. */
  column?: number;
  keepsNumbers: boolean | undefined;
}

function parseRecord(source: string, { row, line, column = 1, keepsNumbers }: RecordPlace): Parsed {
  let value: unknown;
  try {
    // A reviver is asked for every value: only where a number may be too long.
    value = keepsNumbers && /\d{16}/.test(source) ? JSON.parse(source, exactNumber) : JSON.parse(source);
  } catch {
    return { ok: false, problem: malformed(findJsonError(source) ?? trailing(source), source, line, column) };
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { ok: true, value: value as JsonRecord };
  return { ok: false, problem: describeProblem('json-not-records', { row, line, found: nounOf(value) }) };
}

/** The value itself is sound, so that what follows it is the trouble. */
function trailing(source: string): JsonError {
  let offset = findElementEnd(source, skipSpace(source, 0));
  offset = skipSpace(source, offset < 0 ? source.length : offset);
  return { offset, expected: 'the end of the line', found: found(source, offset) };
}

function malformed(error: JsonError, source: string, firstLine = 1, firstColumn = 1): Problem {
  const before = source.slice(0, error.offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = firstLine + before.split('\n').length - 1;
  const position = error.offset - lineStart + (lineStart === 0 ? firstColumn : 1);
  return describeProblem('json-malformed', { line, position, expected: error.expected, found: error.found });
}

function tooLong(row: number, line: number): Problem {
  return describeProblem('record-too-long', { row, line, expected: '1 MiB' });
}

function nounOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array inside an array' : `a ${typeof value}`;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** Where the element that starts here ends, by brackets and strings alone; -1 when it does not. */
function findElementEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = findStringEnd(text, at);
      if (at < 0) return -1;
      if (depth === 0) return at + 1;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      if (depth <= 1) return depth === 0 ? at : at + 1;
      depth--;
    } else if (code === 0x2c && depth === 0) return at;
  }
  return -1;
}

function findStringEnd(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** Lines and columns of growing offsets, without counting from the start each time. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor(text: string) {
    this.#text = text;
    this.#lineEnd = this.#findLineEnd();
  }

  at(offset: number): number {
    while (this.#lineEnd < offset) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#findLineEnd();
    }
    return this.#line;
  }

  column(offset: number): number {
    return offset - this.#lineStart + 1;
  }

  #findLineEnd(): number {
    const lineEnd = this.#text.indexOf('\n', this.#lineStart);
    return lineEnd < 0 ? Number.POSITIVE_INFINITY : lineEnd;
  }
}
