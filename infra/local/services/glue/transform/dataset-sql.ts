import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import { headerKey } from '../../../../../lib/languages/file-format/header-key.ts';
import { type CsvFormat, csvSql, fieldName } from './csv-sql.ts';
import { valuesSql } from './value-sql.ts';

/**
 * Returns the SELECT of a delimited file's rows under the names that the contract knows them by in files, each value
 * cleaned, typed and checked on the way: the first one that breaks the contract stops it.
 */
export function datasetSql(path: string, format: CsvFormat, columns: ContractColumn[], isSmall: boolean): string {
  const fields = new Map(format.header.map((name, index) => [headerKey(name), fieldName(index)]));
  const texts = columns.map(({ physicalName: name, physicalType: type, required }) => {
    const text = fields.get(headerKey(name));
    if (!text) throw new Error(`the file has no column ${name}`);
    return { text, type, required, name };
  });
  return valuesSql(texts, csvSql(path, format, isSmall));
}
