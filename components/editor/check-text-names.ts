import { presentOf } from '@/lib/languages/trino-sql/check-statement.ts';
import { checkNames, type KnownColumns } from '@/lib/languages/trino-sql/names/check-names.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { tableMoments } from '@/lib/languages/trino-sql/table-moments.ts';
import { statementsIn } from '@/lib/query/statement-at';
import { problemOf, type TextProblem } from './check-text';

/** What is known of the catalog, as it can be handed to another thread. */
export interface KnownTables {
  /** The database of names that are written without one. */
  database: string;
  /** Names of columns by `database.table`; a table that is left out may have any. */
  columns: Record<string, readonly string[]>;
}

/** The names in a text of several statements that nothing in the catalog has. */
export function checkTextNames(text: string, known: KnownTables): TextProblem[] {
  const statements = statementsIn(text);
  // What the text itself makes or changes is not as the catalog has it now.
  const changed = new Set(statements.flatMap(({ sql }) => changedTable(sql) ?? []));
  return statements.flatMap((statement) => {
    const present = presentText(statement.sql);
    if (!present) return [];
    const columnsOf: KnownColumns = ({ catalog = DATA_CATALOG, schema = known.database, name }) =>
      catalog === DATA_CATALOG && !changed.has(name) && !present.past.has(name)
        ? known.columns[`${schema}.${name}`]
        : undefined;
    return checkNames(present.sql, columnsOf).map((error) => problemOf(text, statement, error));
  });
}

const DATA_CATALOG = 'awsdatacatalog';
const CHANGE =
  /^\s*(?:create|alter|drop|msck)\b[^(]*?\b(?:table|view)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:[\w"`]+\.)*["`]?([^\s"`.(;]+)/i;

function changedTable(sql: string): string | undefined {
  return CHANGE.exec(sql)?.[1]?.toLowerCase();
}

/** The statement as if it read the present, and the tables whose columns of then are not known. */
function presentText(sql: string): { sql: string; past: Set<string> } | undefined {
  try {
    return { sql: presentOf(sql), past: new Set(tableMoments(sql).map(({ table }) => table)) };
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}
