import { type DuckDBConnection, type DuckDBResultReader, StatementType } from '@duckdb/node-api';
import { EngineError } from './engine-error.ts';
import type { Session } from './session.ts';
import {
  MAX_SCRIPT_ROWS,
  type ScriptResult,
  type ScriptStatement,
  type ScriptStatementResult,
  type ScriptTask,
} from './task.ts';

/** Statements that answer with one row, the number of rows they wrote. */
const WRITING = new Set([
  StatementType.COPY,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.CREATE,
]);

export async function runScript(task: ScriptTask, session: Session): Promise<ScriptResult> {
  await session.lock({ files: task.files, outputFolder: task.outputFolder, settings: task.settings });
  const statements: ScriptStatementResult[] = [];
  for (const statement of task.statements) statements.push(await runStatement(statement, session.connection));
  return { statements };
}

async function runStatement(statement: ScriptStatement, connection: DuckDBConnection): Promise<ScriptStatementResult> {
  const started = performance.now();
  try {
    const reader = await connection.streamAndReadUntil(statement.sql, MAX_SCRIPT_ROWS + 1);
    const result = { id: statement.id, elapsedMs: performance.now() - started };
    if (WRITING.has(reader.statementType)) return { ...result, rowCount: writtenRows(reader) };
    return statement.rows ? { ...result, ...returnedRows(reader) } : result;
  } catch (error) {
    if (error instanceof EngineError) throw new EngineError(error.code, error.message, statement.id);
    throw Object.assign(error as Error, { statementId: statement.id });
  }
}

function writtenRows(reader: DuckDBResultReader): number | undefined {
  const count = reader.columnNames()[0] === 'Count' ? reader.getRows()[0]?.[0] : undefined;
  return count === undefined || count === null ? undefined : Number(count);
}

function returnedRows(reader: DuckDBResultReader): Pick<ScriptStatementResult, 'columns' | 'rows'> {
  if (reader.currentRowCount > MAX_SCRIPT_ROWS) {
    throw new EngineError('SQL', `The statement returns more than ${MAX_SCRIPT_ROWS} rows: write them to a file.`);
  }
  const types = reader.columnTypes();
  const columns = reader.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
  return { columns, rows: reader.getRowObjectsJson() as Record<string, unknown>[] };
}
