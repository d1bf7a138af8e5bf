import { parseStatement } from '../../../../lib/languages/trino-sql/parse-statement.ts';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../lib/languages/trino-sql/statement.ts';
import type { Outcome, StatementContext } from './statement-context.ts';
import { alterColumns, renamePartition, setLocation, setProperties } from './statements/alter-table.ts';
import { createTableAs } from './statements/create-table-as.ts';
import { createDatabase, dropDatabase } from './statements/databases.ts';
import { explain } from './statements/explain.ts';
import { insert, unload } from './statements/insert.ts';
import { addPartition, dropPartition, repairTable } from './statements/partitions.ts';
import { deallocate, executed, prepare } from './statements/prepared.ts';
import { select } from './statements/select.ts';
import {
  describe,
  showColumns,
  showCreate,
  showDatabases,
  showPartitions,
  showProperties,
  showTables,
} from './statements/show.ts';

import { createTable, createView, dropTable } from './statements/tables.ts';

type Runs = {
  [T in Statement['type']]?: (
    statement: Extract<Statement, { type: T }>,
    context: StatementContext,
  ) => Promise<Outcome>;
};

const RUNS: Runs = {
  SELECT: (_statement, context) => select(context),
  SHOW_DATABASES: showDatabases,
  SHOW_TABLES: showTables,
  SHOW_VIEWS: showTables,
  SHOW_COLUMNS: showColumns,
  SHOW_PARTITIONS: showPartitions,
  SHOW_TBLPROPERTIES: showProperties,
  SHOW_CREATE_TABLE: showCreate,
  SHOW_CREATE_VIEW: showCreate,
  DESCRIBE: describe,
  CREATE_DATABASE: createDatabase,
  DROP_DATABASE: dropDatabase,
  CREATE_TABLE: createTable,
  CREATE_TABLE_AS_SELECT: createTableAs,
  DROP_TABLE: dropTable,
  CREATE_VIEW: createView,
  DROP_VIEW: dropTable,
  INSERT: insert,
  UNLOAD: unload,
  ADD_PARTITION: addPartition,
  DROP_PARTITION: dropPartition,
  REPAIR_TABLE: repairTable,
  ADD_COLUMNS: alterColumns,
  REPLACE_COLUMNS: alterColumns,
  SET_TBLPROPERTIES: setProperties,
  SET_LOCATION: setLocation,
  RENAME_PARTITION: renamePartition,
  EXPLAIN: explain,
  PREPARE: prepare,
  EXECUTE: (statement, context) => runStatement(executed(statement, context)),
  DEALLOCATE: deallocate,
};

/** Statements that are known to Athena and not run here are refused before they are accepted. */
export function isSupported(statement: Statement): boolean {
  return RUNS[statement.type] !== undefined;
}

export async function runStatement(context: StatementContext): Promise<Outcome> {
  const statement = parseStatement(context.execution.query);
  if (statement.type === 'EXECUTE' && context.isExecuted)
    throw new SqlError('NOT_SUPPORTED', 'A prepared statement cannot be EXECUTE');
  // The table has one function for each type, each for its own statement.
  const run = RUNS[statement.type] as
    | ((statement: Statement, context: StatementContext) => Promise<Outcome>)
    | undefined;
  if (!run)
    throw new SqlError('NOT_SUPPORTED', `${statement.type.replaceAll('_', ' ')} is not supported by the local lake`);
  return run(statement, context);
}
