import type { ErrorCode } from '@/lib/errors';
import { fetchJson, ReportedError } from '@/lib/fetch-json';
import { explainStatement } from '@/lib/languages/trino-plan/explain-statement.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { isFinished, startPlan, stopQuery } from './query-options';
import { fetchRows } from './result/result-options';
import { EMPTY_VIEW } from './result/view-schemas';
import type { Query } from './schemas';

const POLL_MS = 250;
const LINES_AT_ONCE = 1000;

/** Asks Athena for a statement's plan and returns it as it was written; who goes away stops what is measured. */
export async function readPlan(sql: string, isMeasured: boolean, signal: AbortSignal): Promise<string> {
  const { id } = await startPlan(asked(sql, isMeasured));
  const address = `/api/queries/${encodeURIComponent(id)}`;
  try {
    for (;;) {
      const query = await fetchJson<Query>(address, { signal });
      if (query.status === 'succeeded') return await readLines(id, signal);
      if (isFinished(query)) throw refused('INVALID', query.error?.message ?? query.status);
      await pause(signal);
    }
  } catch (error) {
    if (signal.aborted) await stopQuery(id).catch(() => undefined);
    throw error;
  }
}

function asked(sql: string, isMeasured: boolean): string {
  try {
    return explainStatement(sql, isMeasured);
  } catch (error) {
    throw error instanceof SqlError ? refused('INVALID', error.message) : error;
  }
}

function refused(code: ErrorCode, message: string): ReportedError {
  return new ReportedError({ code, message, requestId: '–' });
}

async function readLines(id: string, signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  for (;;) {
    const { rows } = await fetchRows(id, EMPTY_VIEW, {
      from: lines.length,
      count: LINES_AT_ONCE,
      isWhole: true,
      signal,
    });
    lines.push(...rows.map(([line]) => line ?? ''));
    if (rows.length < LINES_AT_ONCE) return lines.join('\n');
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
