import { parseStatement } from '@/lib/languages/trino-sql/parse-statement.ts';
import { queryNames, type TableName } from '@/lib/languages/trino-sql/query-names.ts';
import { tableMoments } from '@/lib/languages/trino-sql/table-moments.ts';
import { type Token, tokenize } from '@/lib/languages/trino-sql/tokenize.ts';

export interface TableInput {
  database: string;
  name: string;
}

/** Functions whose value changes though no data does. https://trino.io/docs/current/functions/datetime.html */
const VOLATILE_CALLS = new Set(['now', 'rand', 'random', 'shuffle', 'uuid', 'random_string', 'random_bigint']);
/** The same, without brackets; TABLESAMPLE takes other rows each time. */
const VOLATILE_WORDS = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'current_timezone',
  'current_user',
  'localtime',
  'localtimestamp',
  'tablesample',
]);

/**
 * Returns the tables whose state decides a query's answer; undefined where something else does too: the clock, chance,
 * a catalog of another kind, a table of the past (whose files may have been purged).
 */
export function readInputs(sql: string, database: string): TableInput[] | undefined {
  try {
    if (parseStatement(sql).type !== 'SELECT' || tableMoments(sql).length > 0) return undefined;
    const tokens = tokenize(sql);
    const { tables, functions } = queryNames(sql, tokens);
    if (functions.some(({ name }) => VOLATILE_CALLS.has(name)) || tokens.some(isVolatile)) return undefined;
    const inputs = tables.map((table) => inputOf(table, database));
    return inputs.every((input) => input !== undefined) ? inputs : undefined;
  } catch {
    return undefined;
  }
}

function isVolatile({ type, value }: Token): boolean {
  return type === 'word' && VOLATILE_WORDS.has(value);
}

function inputOf({ catalog, schema, name }: TableName, database: string): TableInput | undefined {
  if (catalog !== undefined && catalog !== 'awsdatacatalog') return undefined;
  if (schema === 'information_schema') return undefined;
  // `"sales$partitions"` is made of what `sales` is.
  return { database: schema ?? database, name: name.split('$')[0] ?? name };
}
