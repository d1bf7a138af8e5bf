import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { TableFormat } from '../../engine/task.ts';
import type { StorageDescriptor } from '../glue/catalog-schemas.ts';

/**
 * How the files of a table are read, from its SerDe: https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html
 * A SerDe that is not read here is refused by name.
 */
export function tableFormat(storage: StorageDescriptor, tableParameters: Record<string, string> = {}): TableFormat {
  const serde = storage.SerdeInfo?.SerializationLibrary ?? '';
  const parameters = { ...tableParameters, ...storage.Parameters, ...storage.SerdeInfo?.Parameters };
  const skipLines = Number(tableParameters['skip.header.line.count'] ?? parameters['skip.header.line.count'] ?? 0);
  switch (serde.split('.').at(-1)) {
    case 'ParquetHiveSerDe':
      return { type: 'parquet' };
    case 'OpenCSVSerde':
      return {
        type: 'csv',
        delimiter: parameters.separatorChar ?? ',',
        quote: parameters.quoteChar ?? '"',
        escape: parameters.escapeChar ?? parameters.quoteChar ?? '"',
        skipLines,
        strict: true,
      };
    case 'LazySimpleSerDe':
      return {
        type: 'csv',
        delimiter: parameters['field.delim'] ?? parameters['serialization.format'] ?? '\u0001',
        // LazySimpleSerDe knows no quotes.
        quote: '',
        escape: '',
        itemDelimiter: parameters['collection.delim'] ?? parameters['colelction.delim'],
        keyDelimiter: parameters['mapkey.delim'],
        skipLines,
        nullText: parameters['serialization.null.format'],
        strict: false,
      };
    case 'JsonSerDe':
      return {
        type: 'json',
        ignoreMalformed: parameters['ignore.malformed.json'] === 'true',
        keys: mappedKeys(parameters),
      };
    case 'RegexSerDe':
      return { type: 'regex', pattern: regexOf(parameters), skipLines };
    case 'OrcSerde':
    case 'AvroSerDe':
      throw new SqlError(
        'HIVE_UNSUPPORTED_FORMAT',
        `Tables of ${serde.endsWith('OrcSerde') ? 'ORC' : 'Avro'} are not supported by the local lake`,
      );
    default:
      throw new SqlError(
        'HIVE_UNSUPPORTED_FORMAT',
        `Unable to read the table: the SerDe '${serde}' is not supported by the local lake`,
      );
  }
}

/** `mapping.userid` = `userId`: the column userid is the key userId in the files. */
function mappedKeys(parameters: Record<string, string>): Record<string, string> {
  const mappings = Object.entries(parameters).filter(([name]) => name.startsWith('mapping.'));
  return Object.fromEntries(mappings.map(([name, key]) => [name.slice('mapping.'.length).toLowerCase(), key]));
}

function regexOf(parameters: Record<string, string>): string {
  const pattern = parameters['input.regex'];
  if (!pattern) throw new SqlError('HIVE_UNSUPPORTED_FORMAT', "The RegexSerDe needs the property 'input.regex'");
  return parameters['input.regex.case.insensitive'] === 'true' ? `(?i)${pattern}` : pattern;
}
