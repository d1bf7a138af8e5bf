import { hiveToDuckType } from './hive-type.ts';
import { quoteName, quoteText } from './session.ts';
import type { TableColumn, TableFormat } from './task.ts';

type CsvFormat = TableFormat & { type: 'csv' };

/** The value of a column of delimited text, whose fields are read as text. */
export function textField(column: TableColumn, format: CsvFormat, index: number): string {
  return format.strict ? strictField(column, format, index) : lazyField(column, format);
}

/** LazySimpleSerDe: an empty field is NULL for every type but string, and so is what cannot be read. */
function lazyField(column: TableColumn, format: CsvFormat): string {
  const name = quoteName(column.name);
  const type = hiveToDuckType(column.type);
  if (type === 'VARCHAR') return name;
  if (type === 'BOOLEAN') return `CASE lower(${name}) WHEN 'true' THEN true WHEN 'false' THEN false END`;
  return nestedText(name, column.type, format) ?? `TRY_CAST(nullif(${name}, '') AS ${type})`;
}

/**
 * OpenCSVSerde: dates are days and timestamps milliseconds since 1970, and a number that is none, also an empty one,
 * fails the query: https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
 */
function strictField(column: TableColumn, format: CsvFormat, index: number): string {
  const text = quotedText(quoteName(column.name), format);
  const type = hiveToDuckType(column.type);
  if (type === 'VARCHAR') return text;
  const value = strictValue(text, type);
  if (format.nullForInvalid) return value;
  const message = `'HIVE_BAD_DATA: Error parsing field value ''' || ${text} || ''' for field ${index}: For input string: "' || ${text} || '" (' || filename || ')'`;
  return `CASE WHEN ${text} IS NOT NULL THEN coalesce(${value}, error(${message})) END`;
}

function strictValue(text: string, type: string): string {
  if (type === 'DATE') return `(DATE '1970-01-01' + TRY_CAST(${text} AS INTEGER))`;
  if (type === 'TIMESTAMP') return `make_timestamp(TRY_CAST(${text} AS BIGINT) * 1000)`;
  if (type === 'BOOLEAN') return `(CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false END)`;
  return `TRY_CAST(${text} AS ${type})`;
}

/** Beside the escape character, a doubled quote is a quote. */
function quotedText(name: string, format: CsvFormat): string {
  const { quote } = format;
  if (quote === '' || quote === format.escape) return name;
  return `replace(${name}, ${quoteText(quote + quote)}, ${quoteText(quote)})`;
}

/** Arrays and maps of simple values in text: https://cwiki.apache.org/confluence/display/Hive/LanguageManual+DDL */
function nestedText(name: string, type: string, format: CsvFormat): string | undefined {
  const [items, keys] = [quoteText(format.itemDelimiter ?? '\u0002'), quoteText(format.keyDelimiter ?? '\u0003')];
  const array = /^array\s*<\s*([^<>,]+)\s*>$/i.exec(type.trim());
  if (array)
    return `list_transform(string_split(nullif(${name}, ''), ${items}), lambda item: TRY_CAST(item AS ${hiveToDuckType(array[1] as string)}))`;
  const map = /^map\s*<\s*([^<>,]+)\s*,\s*([^<>]+)\s*>$/i.exec(type.trim());
  if (map) {
    const part = (at: number, of: string) => `TRY_CAST(split_part(item, ${keys}, ${at}) AS ${hiveToDuckType(of)})`;
    return `map_from_entries(list_transform(string_split(nullif(${name}, ''), ${items}), lambda item: {'key': ${part(1, map[1] as string)}, 'value': ${part(2, map[2] as string)}}))`;
  }
  return structText(name, type, items);
}

function structText(name: string, type: string, items: string): string | undefined {
  const fields = /^struct\s*<\s*([^<>]+)\s*>$/i.exec(type.trim())?.[1]?.split(',');
  if (!fields) return undefined;
  const packed = fields.map((field, index) => {
    const [key = '', of = ''] = field.split(':').map((part) => part.trim());
    return `${quoteName(key)} := TRY_CAST(string_split(${name}, ${items})[${index + 1}] AS ${hiveToDuckType(of)})`;
  });
  return `CASE WHEN ${name} <> '' THEN struct_pack(${packed.join(', ')}) END`;
}
