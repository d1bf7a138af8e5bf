import { compileGrok, GrokError } from '../../../../lib/languages/grok/compile-grok.ts';
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
  const byte = (name: string) => delimiterOf(parameters[name]);
  const skipLines = Number(tableParameters['skip.header.line.count'] ?? parameters['skip.header.line.count'] ?? 0);
  switch (serde.split('.').at(-1)) {
    case 'ParquetHiveSerDe':
      return { type: 'parquet' };
    case 'OpenCSVSerde':
      return {
        type: 'csv',
        delimiter: parameters.separatorChar ?? ',',
        quote: parameters.quoteChar ?? '"',
        escape: escapeOf(parameters),
        skipLines,
        // It knows no NULL: what is read is text.
        nullText: '\u001e\u001e',
        strict: true,
        nullForInvalid: isTrue(parameters['use.null.for.invalid.data']),
      };
    case 'LazySimpleSerDe':
      return {
        type: 'csv',
        delimiter: byte('field.delim') ?? byte('serialization.format') ?? '\u0001',
        // LazySimpleSerDe knows no quotes.
        quote: '',
        escape: byte('escape.delim') ?? '',
        // Hive writes it misspelt.
        itemDelimiter: byte('collection.delim') ?? byte('colelction.delim'),
        keyDelimiter: byte('mapkey.delim'),
        skipLines,
        nullText: parameters['serialization.null.format'],
        strict: false,
      };
    case 'JsonSerDe':
      return {
        type: 'json',
        ignoreMalformed: isTrue(parameters['ignore.malformed.json']),
        keys: mappedKeys(parameters),
        isCaseSensitive: parameters['case.insensitive']?.toLowerCase() === 'false',
        dotsInKeys: isTrue(parameters['dots.in.keys']),
      };
    case 'RegexSerDe':
      return { type: 'regex', pattern: regexOf(parameters), skipLines };
    case 'GrokSerDe':
      return grokFormat(parameters, skipLines);
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

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** LazySimpleSerDe takes one byte, as itself or as its number: `9` is a tab. */
function delimiterOf(value: string | undefined): string | undefined {
  if (!value) return undefined;
  return /^\d+$/.test(value) ? String.fromCharCode(Number(value)) : value[0];
}

/** A quote that is named as its own escape, which is the default, stands for the backslash, as in Hive. */
function escapeOf({ escapeChar, quoteChar = '"' }: Record<string, string>): string {
  return escapeChar === undefined || escapeChar === quoteChar ? '\\' : escapeChar;
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

/** A column is the field of its name; a line that the expression is not found in is all NULL. */
function grokFormat(parameters: Record<string, string>, skipLines: number): TableFormat {
  const expression = parameters['input.format'];
  if (!expression) throw new SqlError('HIVE_UNSUPPORTED_FORMAT', "The GrokSerDe needs the property 'input.format'");
  try {
    const { pattern, fields } = compileGrok(expression, parameters['input.grokCustomPatterns']);
    const groupsOf = Object.fromEntries(fields.map(({ name, groups }) => [name, groups]));
    return { type: 'regex', pattern: `^.*?(?:${pattern}).*$`, skipLines, groupsOf };
  } catch (error) {
    if (!(error instanceof GrokError)) throw error;
    throw new SqlError('HIVE_UNSUPPORTED_FORMAT', error.message);
  }
}
