import { csvRows } from '../rows/csv-rows';
import { jsonRows, ndjsonRows } from '../rows/json-rows';
import { parquetRows } from '../rows/parquet-rows';
import { xlsxRows } from '../rows/xlsx-rows';
import type { Cell, ResultColumn } from '../schemas';
import type { ExportFormat } from './export-schemas';

type Write = (columns: readonly ResultColumn[], pages: AsyncIterable<Cell[][]>) => AsyncGenerator<Uint8Array>;

export const exportWriters: Record<ExportFormat, { write: Write; type: string }> = {
  csv: { write: spreadsheetCsv, type: 'text/csv; charset=utf-8' },
  xlsx: { write: xlsxRows, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  json: { write: jsonRows, type: 'application/json' },
  ndjson: { write: ndjsonRows, type: 'application/x-ndjson' },
  parquet: { write: parquetRows, type: 'application/vnd.apache.parquet' },
};

/** Without the mark in front Excel takes UTF-8 for the computer's own code page. */
async function* spreadsheetCsv(...rows: Parameters<Write>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('\ufeff');
  yield* csvRows(...rows);
}
