/**
 * The engine's child process: the only place where DuckDB is loaded. It runs one task at a time and keeps the next
 * database open in advance. DuckDB can abort the process or fill its memory; here that costs one task and not the lake.
 */
import { SqlError } from '../../../lib/languages/trino-sql/sql-error.ts';
import { type ChildSettings, type FromChild, SETTINGS_VARIABLE, type ToChild } from './child-message.ts';
import { translate } from './dialect/translate.ts';
import { EngineError, type EngineErrorCode } from './engine-error.ts';
import { OwnFolder } from './own-folder.ts';
import { prune } from './prune.ts';
import { runQuery } from './run-query.ts';
import { runScript } from './run-script.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import type { PruneResult, QueryResult, ScriptResult, Task, Translation } from './task.ts';
import { watchTask } from './watch-task.ts';

const settings = JSON.parse(process.env[SETTINGS_VARIABLE] ?? '{}') as ChildSettings;

const sessions = new Sessions(settings);
const ownFolder = new OwnFolder(settings.ownFolder);
let running: { id: number; session?: Session; cancelled: boolean } | undefined;

// The channel closes when the parent ends, however it ends. A query may hold this process's threads: leave at once.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C goes to the whole process group; the parent decides when its children end.
process.on('SIGINT', () => {});
process.on('message', (message: ToChild) => {
  if (message.type === 'run') void run(message.id, message.task);
  else cancel(message.id);
});

await sessions.prepare();
send({ type: 'ready' });

async function run(id: number, task: Task): Promise<void> {
  running = { id, cancelled: false };
  const placed = ownFolder.place(task);
  const own = placed?.task ?? task;
  const unwatch = watchTask(own, settings, ({ code, message }) =>
    send({ type: 'failed', id, code, message, isBeyondControl: true }),
  );
  try {
    const result = await perform(own, running, placed !== undefined);
    if (!('text' in result) || result.text === undefined) await placed?.deliver();
    placed?.clear();
    send({ type: 'done', id, result });
  } catch (error) {
    const failure = explain(error, running.cancelled);
    placed?.clear();
    send({ type: 'failed', id, ...failure, message: nameFiles(failure.message, own) });
  } finally {
    unwatch();
    running = undefined;
    // After the answer is on its way: whoever waits for it shall not wait for this.
    setImmediate(() => sessions.prepare());
  }
}

async function perform(
  task: Task,
  current: { session?: Session; cancelled: boolean },
  isShared: boolean,
): Promise<QueryResult | ScriptResult | PruneResult | Translation> {
  if (task.type === 'translate') return translate(task);
  const { session, end } = isShared ? await sessions.takeShared() : await sessions.take();
  let isSound = false;
  try {
    current.session = session;
    if (current.cancelled) throw new EngineError('CANCELLED', 'The task was cancelled.');
    const result = await performIn(task, session);
    isSound = true;
    return result;
  } finally {
    current.session = undefined;
    end(isSound);
  }
}

function performIn(
  task: Exclude<Task, { type: 'translate' }>,
  session: Session,
): Promise<QueryResult | ScriptResult | PruneResult> {
  if (task.type === 'prune') return prune(task, session);
  return task.type === 'query' ? runQuery(task, session) : runScript(task, session);
}

function cancel(id: number): void {
  if (running?.id !== id) return;
  running.cancelled = true;
  running.session?.connection.interrupt();
}

function explain(error: unknown, cancelled: boolean): { code: EngineErrorCode; message: string; statementId?: string } {
  const { message, statementId } = error as Error & { statementId?: string };
  if (cancelled) return { code: 'CANCELLED', message: 'The task was cancelled.', statementId };
  if (error instanceof SqlError) return { code: 'STATEMENT', message };
  if (error instanceof EngineError) return { code: error.code, message, statementId };
  if (/^(Out of Memory|.*failed to allocate)/i.test(message)) return { code: 'OUT_OF_MEMORY', message, statementId };
  return { code: 'SQL', message, statementId };
}

/** Files go by their names in S3 outside; where they are on this disk is nobody's business. */
function nameFiles(message: string, task: Task): string {
  if (task.type !== 'query') return message;
  const files = task.tables.flatMap((table) => table.files).filter(({ path }) => message.includes(path));
  return files.reduce((named, { path, uri }) => named.replaceAll(path, uri), message);
}

function send(message: FromChild): void {
  // A failing send means that the parent is gone; `disconnect` ends the process.
  process.send?.(message, undefined, undefined, () => {});
}
