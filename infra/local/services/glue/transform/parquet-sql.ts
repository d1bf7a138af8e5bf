import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { duckdbType } from '../../../../../lib/languages/job-graph/column-type.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { contractStop, valueSql } from './value-sql.ts';

export interface ParquetColumn {
  name: string;
  /** DuckDB's type. */
  type: string;
}

/** SQL whose rows (column_name, column_type) are a Parquet file's columns. */
export const parquetColumnsSql = (path: string): string => `DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`;

/** Returns the SELECT of a Parquet file's rows; a value that the contract's type cannot hold exactly stops it. */
export function parquetSql(path: string, fileColumns: ParquetColumn[], columns: ContractColumn[]): string {
  const values = columns.map((column) => {
    const found = fileColumns.find(({ name }) => headerKey(name) === headerKey(column.physicalName));
    if (!found) throw new Error(`the file has no column ${column.physicalName}`);
    return `${parquetValue(quoteName(found.name), found.type, column)} AS ${quoteName(column.physicalName)}`;
  });
  return `SELECT ${values.join(', ')} FROM read_parquet(${quoteText(path)})`;
}

function parquetValue(name: string, fileType: string, { physicalType: type, required }: ContractColumn): string {
  if (fileType === 'VARCHAR') return valueSql({ text: `nullif(${name}, '')`, type, required });
  const wanted = duckdbType(type);
  const stop = (reason: string) => `error(${quoteText(`${contractStop}: ${reason}`)})`;
  const value =
    fileType === wanted
      ? name
      : `CASE WHEN ${name} IS NULL THEN NULL WHEN ${isExact(name, fileType, wanted)} THEN CAST(${name} AS ${wanted}) ELSE ${stop(type)} END`;
  return required ? `COALESCE(${value}, ${stop('value required')})` : value;
}

/** Text takes anything; else the value must come back the same from the wanted type. */
function isExact(name: string, fileType: string, wanted: string): string {
  return wanted === 'VARCHAR' ? 'true' : `TRY_CAST(TRY_CAST(${name} AS ${wanted}) AS ${fileType}) = ${name}`;
}
