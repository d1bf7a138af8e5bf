import { type JsonRecord, readJson } from '../file-format/json-reader.ts';
import { lastElementEnd } from '../file-format/json-text.ts';
import type { Cell, Row } from './comparison.ts';
import { trimmed, withLast } from './delimited-rows.ts';

type Layout = 'array' | 'lines';

/** Reads a JSON file's objects as rows of the columns of these names. */
export async function* jsonRows(
  pieces: AsyncIterable<string>,
  layout: Layout,
  names: readonly string[],
): AsyncGenerator<Row[]> {
  for await (const records of jsonRecords(pieces, layout)) {
    yield records.map((record) => names.map((name) => (Object.hasOwn(record, name) ? cellOf(record[name]) : null)));
  }
}

/** Returns every name that an object of the file has, in the order of their first appearance. */
export async function jsonNames(pieces: AsyncIterable<string>, layout: Layout): Promise<string[]> {
  const names = new Set<string>();
  for await (const records of jsonRecords(pieces, layout)) {
    for (const record of records) for (const name of Object.keys(record)) names.add(name);
  }
  return [...names];
}

async function* jsonRecords(pieces: AsyncIterable<string>, layout: Layout): AsyncGenerator<JsonRecord[]> {
  let rest = '';
  let isOpened = layout === 'lines';
  for await (const { text, isLast } of withLast(pieces)) {
    rest += text;
    const start = isOpened ? 0 : rest.indexOf('[') + 1;
    if (!isOpened && start === 0 && !isLast) continue;
    const end = isLast ? rest.length : layout === 'lines' ? rest.lastIndexOf('\n') + 1 : lastElementEnd(rest, start);
    if (end <= start && !isLast) continue;
    // A piece of an array is made an array of its own.
    const piece = rest.slice(start, end);
    const whole = layout === 'lines' ? piece : isLast ? `[${piece}` : `[${piece}]`;
    if (layout === 'lines' || piece.trim() !== '') yield recordsIn(whole, layout);
    isOpened = true;
    // The comma between two elements goes with the first.
    rest = rest.slice(layout === 'array' && !isLast ? end + 1 : end);
  }
}

function recordsIn(text: string, layout: Layout): JsonRecord[] {
  const records: JsonRecord[] = [];
  const problem = readJson(text, { layout, complete: true, keepsNumbers: true }, (record) => {
    records.push(record);
    return true;
  });
  if (problem) throw new Error(problem.message);
  return records;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return trimmed(value) || null;
  return typeof value === 'object' ? JSON.stringify(sorted(value)) : String(value);
}

/** The order of an object's names means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
