import { arrowRows } from '@/lib/query/rows/arrow-rows';
import { keyNames } from '@/lib/query/rows/key-names';
import { parquetRows } from '@/lib/query/rows/parquet-rows';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import type { ResultType } from './contract';
import { jsonRow } from './json-rows';

type Pages = AsyncIterable<readonly Cell[][]>;
/** Writes a result in one format, a few pages in memory at a time. */
type RowWriter = (columns: readonly ResultColumn[], pages: Pages) => AsyncIterable<Uint8Array>;

export const rowWriters: Record<ResultType, RowWriter> = {
  'application/json': (columns, pages) => encoded(json(columns, pages)),
  'application/x-ndjson': (columns, pages) => encoded(ndjson(columns, pages)),
  'text/csv': (columns, pages) => encoded(csv(columns, pages)),
  'application/vnd.apache.arrow.stream': arrowRows,
  'application/vnd.apache.parquet': parquetRows,
};

async function* json(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield before + jsonLines(columns, rows).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* ndjson(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<string> {
  for await (const rows of pages) {
    yield jsonLines(columns, rows)
      .map((line) => `${line}\n`)
      .join('');
  }
}

async function* csv(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => csvField(name)).join(',')}\r\n`;
  for await (const rows of pages) yield rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) if (text !== '') yield encoder.encode(text);
}

function jsonLines(columns: readonly ResultColumn[], rows: readonly Cell[][]): string[] {
  const names = keyNames(columns);
  return rows.map((row) => JSON.stringify(jsonRow(names, columns, row)));
}

/**
 * RFC 4180; null is nothing, an empty text is "". What a spreadsheet would run as a formula is made text by a quote in
 * front of it, unless it is a number. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvField(value: Cell): string {
  if (value === null) return '';
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
