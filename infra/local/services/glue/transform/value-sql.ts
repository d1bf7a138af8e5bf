/**
 * DuckDB SQL that turns a file's text into a typed value, and takes exactly what the contract's checker takes
 * (lib/languages/file-format/value-kind.ts). Anything else stops the statement by `error()`; the checker then says
 * what is wrong and where.
 *
 * Each expression first tries the usual form, which costs next to nothing (a canonical value is equal to the text of
 * what it was read as), and looks closer only at what is not in it: spaces around, `+5`, `007`, a `T` before the time.
 * DuckDB's own casts would not do: they round `1.5` to a bigint, cut a time off a date and drop a time zone.
 */
import { decimalOf, duckdbType } from '../../../../../lib/languages/job-graph/column-type.ts';
import { quoteName, quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';

export interface TextColumn {
  /** A column with the text; NULL where it is empty. */
  text: string;
  /** Athena's type, or `typedAlready`. */
  type: string;
  required: boolean;
  /** What the value is called in the result. */
  name: string;
}

/** Starts the message of every stop that this SQL makes. */
export const contractStop = 'contract violated';

/** For a column that is of its type, whatever that is: only whether it is required is looked at. */
export const typedAlready = '';

/**
 * Returns a SELECT of the columns' values. Each text is cast once, in a SELECT of its own: DuckDB would cast it again
 * for every place in a CASE that names it.
 */
export function valuesSql(columns: TextColumn[], from: string): string {
  const casts = columns.map(({ text, type }, index) =>
    type === 'string' || type === typedAlready
      ? text
      : `${text}, TRY_CAST(${text} AS ${duckdbType(type)}) AS ${castName(index)}`,
  );
  const values = columns.map((column, index) => `${valueSql(column, castName(index))} AS ${quoteName(column.name)}`);
  return `SELECT ${values.join(', ')} FROM (SELECT ${casts.join(', ')} FROM ${from})`;
}

const castName = (index: number): string => `cast${index}`;

function valueSql({ text, type, required }: TextColumn, cast: string): string {
  const value = type === typedAlready ? text : type === 'string' ? trimmedText(text) : typedValue(text, type, cast);
  return required ? `COALESCE(${value}, ${stop('value required')})` : value;
}

const stop = (reason: string): string => `error(${quoteText(`${contractStop}: ${reason}`)})`;

/** What counts as white space around a value: everything up to the space. */
const space = '[\\x00-\\x20]';
const trimmed = (text: string): string => `regexp_replace(${text}, '^${space}+|${space}+$', '', 'g')`;

/** Looks at the first character by comparing the inlined prefix: to trim each value would cost a third of the whole job. */
function trimmedText(text: string): string {
  const endsInSpace = [' ', '\\t', '\\r', '\\n'].map((end) => `suffix(${text}, e'${end}')`).join(' OR ');
  return `CASE WHEN ${text} < '!' OR ${endsInSpace} THEN nullif(${trimmed(text)}, '') ELSE ${text} END`;
}

function typedValue(text: string, type: string, cast: string): string {
  const closer = closerLook[decimalOf(type) ? 'decimal' : type];
  if (!closer) throw new Error(`no reader for values of ${type}`);
  const careful = `CASE WHEN ${trimmed(text)} = '' THEN NULL ${closer(trimmed(text), type)} ELSE ${stop(type)} END`;
  return `CASE WHEN ${usualForm(text, type, cast)} THEN ${cast} WHEN ${text} IS NULL THEN NULL ELSE ${careful} END`;
}

function usualForm(text: string, type: string, cast: string): string {
  // DuckDB reads 1_000 as a thousand, +-5 as a number, and NaN and infinity too.
  if (type === 'double') return `isfinite(${cast}) AND NOT contains(${text}, '_') AND NOT prefix(${text}, '+-')`;
  if (type === 'boolean') return `${text} IN ('true', 'false', 'True', 'False', 'TRUE', 'FALSE')`;
  const isSame = `${text} = CAST(${cast} AS VARCHAR)`;
  // Its dates go on beyond the year 9999, before the year 1, and to infinity.
  if (type === 'date') return `strlen(${text}) = 10 AND ${isSame}`;
  if (type === 'timestamp')
    return `${isSame} AND ${cast} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999'`;
  return isSame;
}

/** `WHEN … THEN …` for text without space around; a cast that fails stops the statement too. */
const closerLook: Record<string, (text: string, type: string) => string> = {
  bigint: (text) => when(text, '[+-]?[0-9]+', `CAST(${text} AS BIGINT)`),
  double: (text) => {
    const value = `CAST(${text} AS DOUBLE)`;
    return `WHEN ${matches(text, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?')} AND isfinite(${value}) THEN ${value}`;
  },
  decimal: (text, type) => {
    const { scale } = decimalOf(type) ?? { scale: 0 };
    const fraction = scale === 0 ? '0+' : `[0-9]{1,${scale}}0*`;
    return when(text, `[+-]?([0-9]+(\\.(${fraction})?)?|\\.${fraction})`, `CAST(${text} AS ${duckdbType(type)})`);
  },
  boolean: (text) => `WHEN lower(${text}) IN ('true', 'false') THEN CAST(${text} AS BOOLEAN)`,
  date: (text) => when(text, datePattern, `CAST(${text} AS DATE)`, notYearZero(text)),
  timestamp: (text) => {
    const isoText = `regexp_replace(${text}, '^(.{10}).', '\\1 ')`;
    const utc = `CAST(CAST(${zonedText(text)} AS TIMESTAMPTZ) AS TIMESTAMP)`;
    return [
      when(text, datePattern, `CAST(${text} AS TIMESTAMP)`, notYearZero(text)),
      when(text, `${datePattern}[Tt ]${timePattern}`, `CAST(${withSeconds(isoText)} AS TIMESTAMP)`, notYearZero(text)),
      when(text, `${datePattern}[Tt ]${timePattern}([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)`, utc, notYearZero(text)),
    ].join(' ');
  },
};

const datePattern = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const timePattern = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?';

const matches = (text: string, pattern: string): string => `regexp_full_match(${text}, ${quoteText(pattern)})`;

const when = (text: string, pattern: string, value: string, also = 'true'): string =>
  `WHEN ${matches(text, pattern)} AND ${also} THEN ${value}`;

/** There is no year 0 in the calendar that people write; DuckDB takes it for 1 BC. */
const notYearZero = (text: string): string => `NOT starts_with(${text}, '0000')`;

/** DuckDB wants seconds before a time zone. */
const withSeconds = (text: string): string => `regexp_replace(${text}, '^(.{16})($|[^:])', '\\1:00\\2')`;

/** `2024-02-29 13:05:00+01:00` from any of the forms with a time zone that are taken. */
function zonedText(text: string): string {
  const spaced = `regexp_replace(upper(${text}), '^(.{10}).', '\\1 ')`;
  const utc = `regexp_replace(${spaced}, 'Z$', '+00')`;
  return withSeconds(`regexp_replace(${utc}, '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`);
}
