import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { duckdbType } from '../../../../../lib/languages/job-graph/column-type.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { fieldName } from './csv-sql.ts';
import { contractStop, typedAlready, valuesSql } from './value-sql.ts';

export interface ParquetColumn {
  name: string;
  /** DuckDB's type. */
  type: string;
}

/** SQL whose rows (column_name, column_type) are a Parquet file's columns. */
export const parquetColumnsSql = (path: string): string => `DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`;

/** Returns the SELECT of a Parquet file's rows; a value that the contract's type cannot hold exactly stops it. */
export function parquetSql(path: string, fileColumns: ParquetColumn[], columns: ContractColumn[]): string {
  const found = columns.map((column, index) => {
    const file = fileColumns.find(({ name }) => headerKey(name) === headerKey(column.physicalName));
    if (!file) throw new Error(`the file has no column ${column.physicalName}`);
    return { ...column, file, text: fieldName(index) };
  });
  // What the file has typed goes through as text only where the contract wants text.
  const fields = found.map(({ file, text, physicalType }) => `${asWanted(file, physicalType)} AS ${text}`);
  const from = `(SELECT ${fields.join(', ')} FROM read_parquet(${quoteText(path)}))`;
  const texts = found.map(({ file, text, physicalName: name, physicalType, required }) => {
    const type = file.type === 'VARCHAR' || physicalType === 'string' ? physicalType : typedAlready;
    return { text, type, required, name };
  });
  return valuesSql(texts, from);
}

function asWanted({ name, type: fileType }: ParquetColumn, type: string): string {
  const column = quoteName(name);
  if (fileType === 'VARCHAR') return `nullif(${column}, '')`;
  const wanted = duckdbType(type);
  if (fileType === wanted) return column;
  const stop = `error(${quoteText(`${contractStop}: ${type}`)})`;
  return `CASE WHEN ${column} IS NULL THEN NULL WHEN ${isExact(column, fileType, wanted)} THEN CAST(${column} AS ${wanted}) ELSE ${stop} END`;
}

/** Text takes anything; else the value must come back the same from the wanted type. */
function isExact(name: string, fileType: string, wanted: string): string {
  return wanted === 'VARCHAR' ? 'true' : `TRY_CAST(TRY_CAST(${name} AS ${wanted}) AS ${fileType}) = ${name}`;
}
