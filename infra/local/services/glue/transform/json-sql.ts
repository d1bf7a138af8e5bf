import type { ContractColumn } from '../../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import { quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { fieldName } from './csv-sql.ts';
import { contractStop, valuesSql } from './value-sql.ts';

type JsonFormat = Extract<FileFormat, { type: 'json' }>;

/**
 * Returns the SELECT of a JSON file's objects. A key that the contract does not know by this very name stops it; the
 * checker, which forgives case and white space, then decides.
 */
export function jsonSql(path: string, { layout, compression }: JsonFormat, columns: ContractColumn[]): string {
  const options = [
    `format = ${quoteText(layout === 'array' ? 'array' : 'newline_delimited')}`,
    // Each object whole: reading its fields as columns would lose the ones that are not asked for without a word.
    'records = false',
    `columns = {record: 'JSON'}`,
    `compression = ${quoteText(compression ?? 'uncompressed')}`,
    `maximum_object_size = ${maximumObjectBytes}`,
  ];
  const names = columns.map(({ physicalName }) => quoteText(physicalName)).join(', ');
  const isKnown = `json_type(record) = 'OBJECT' AND list_has_all([${names}], json_keys(record))`;
  const texts = columns.map(
    ({ physicalName }, i) =>
      `nullif(json_extract_string(record, ${quoteText(jsonPath(physicalName))}), '') AS ${fieldName(i)}`,
  );
  const checked = `CASE WHEN ${isKnown} THEN true ELSE error(${quoteText(`${contractStop}: keys`)}) END`;
  const fields = `SELECT ${texts.join(', ')} FROM read_json(${quoteText(path)}, ${options.join(', ')}) WHERE ${checked}`;
  const values = columns.map(({ physicalName: name, physicalType: type, required }, i) => ({
    text: fieldName(i),
    type,
    required,
    name,
  }));
  return valuesSql(values, `(${fields})`);
}

const maximumObjectBytes = 4 * 1024 * 1024;

const jsonPath = (key: string): string => `$."${key.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
