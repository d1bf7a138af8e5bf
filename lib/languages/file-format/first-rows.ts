import { openRows } from '../contract/check-delimited.ts';
import type { FileFormat } from '../contract/format.ts';
import { combinedLogColumns, readCombinedLogLine } from './combined-log.ts';
import { readJson } from './json-reader.ts';
import type { Sniffed } from './sniff.ts';

/** The beginning of a file as a table, for people to look at. Every value is as it stands in the file. */
export interface FirstRows {
  columns: string[];
  /** A value that is not there is null, told apart from one that is empty. */
  rows: (string | null)[][];
}

const valueLengthMax = 200;

/** Returns the first rows of what was read of a file; of one that is no table, or whose bytes are not text, none. */
export function firstRows(sniffed: Sniffed, limit = 20): FirstRows {
  const { format, footer } = sniffed;
  if (sniffed.text === '' && footer) return { columns: footer.columns.map((column) => column.physicalName), rows: [] };
  if (format.type === 'csv') return delimitedRows(sniffed, format, limit);
  if (format.type === 'json') return jsonRows(sniffed, format.layout, limit);
  if (format.type === 'combined-log') return logRows(sniffed, limit);
  return { columns: [], rows: [] };
}

function delimitedRows({ text, complete }: Sniffed, format: Extract<FileFormat, { type: 'csv' }>, limit: number) {
  const reader = openRows(text, format, complete);
  const rows: FirstRows['rows'] = [];
  while (rows.length < limit && reader.next()) {
    const fields = reader.fields().map(shorten);
    // A row that is too short shows what it lacks.
    rows.push(Array.from({ length: Math.max(format.header.length, fields.length) }, (_, at) => fields[at] ?? null));
  }
  return { columns: format.header, rows };
}

function jsonRows({ text, complete }: Sniffed, layout: 'array' | 'lines', limit: number): FirstRows {
  const records: Record<string, unknown>[] = [];
  readJson(text, { layout, complete }, (record) => records.push(record) < limit);
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((name) => jsonText(record[name]))) };
}

function jsonText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return shorten(typeof value === 'string' ? value : JSON.stringify(value));
}

function logRows({ text }: Sniffed, limit: number): FirstRows {
  const rows = text.split(/\r?\n/, limit).flatMap((line) => {
    const fields = readCombinedLogLine(line);
    return fields ? [fields.map((field) => field && shorten(field))] : [];
  });
  return { columns: combinedLogColumns.map((column) => column.name), rows };
}

function shorten(value: string): string {
  return value.length > valueLengthMax ? `${value.slice(0, valueLengthMax)}…` : value;
}
