import type { Cell, ResultColumn } from '@/lib/query/schemas';
import type { ResultType } from './contract';
import { jsonRow, keyNames } from './json-rows';

/** How rows are written in one format, a page at a time. */
interface RowWriter {
  begin: (columns: readonly ResultColumn[]) => string;
  rows: (columns: readonly ResultColumn[], rows: readonly Cell[][], isFirst: boolean) => string;
  end: string;
}

export const rowWriters: Record<ResultType, RowWriter> = {
  'application/json': {
    begin: () => '[',
    rows: (columns, rows, isFirst) =>
      rows.length === 0 ? '' : (isFirst ? '\n' : ',\n') + jsonLines(columns, rows).join(',\n'),
    end: '\n]\n',
  },
  'application/x-ndjson': {
    begin: () => '',
    rows: (columns, rows) =>
      jsonLines(columns, rows)
        .map((line) => `${line}\n`)
        .join(''),
    end: '',
  },
  'text/csv': {
    begin: (columns) => `${columns.map(({ name }) => csvField(name)).join(',')}\r\n`,
    rows: (_, rows) => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join(''),
    end: '',
  },
};

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
