import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { quoteName } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { type CsvFormat, csvSql, fieldName } from './csv-sql.ts';
import { valueSql } from './value-sql.ts';

/**
 * Returns the SELECT of a delimited file's rows under the names that the contract knows them by in files, each value
 * cleaned, typed and checked on the way: the first one that breaks the contract stops it.
 */
export function datasetSql(path: string, format: CsvFormat, columns: ContractColumn[]): string {
  const fields = new Map(format.header.map((name, index) => [headerKey(name), fieldName(index)]));
  const values = columns.map(({ physicalName, physicalType, required }) => {
    const text = fields.get(headerKey(physicalName));
    if (!text) throw new Error(`the file has no column ${physicalName}`);
    return `${valueSql({ text, type: physicalType, required })} AS ${quoteName(physicalName)}`;
  });
  return `SELECT ${values.join(', ')} FROM ${csvSql(path, format)}`;
}
