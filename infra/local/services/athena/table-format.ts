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
        escape: parameters.quoteChar ?? '"',
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
        skipLines,
        nullText: parameters['serialization.null.format'],
        strict: false,
      };
    case 'JsonSerDe':
      return { type: 'json', ignoreMalformed: parameters['ignore.malformed.json'] === 'true' };
    default:
      throw new SqlError(
        'HIVE_UNSUPPORTED_FORMAT',
        `Unable to read the table: the SerDe '${serde}' is not supported by the local lake`,
      );
  }
}
