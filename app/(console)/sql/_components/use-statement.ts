'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { EditorMark, EditorSelection } from '@/components/editor/sql-editor';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { isFinished, queryOptionsOf, startQuery, stopQuery } from '@/lib/query/query-options';
import type { Query, QueryError } from '@/lib/query/schemas';
import { offsetOf, type Statement, statementAt } from '@/lib/query/statement-at';
import type { Sent, TabStore, WorkTab } from './tab-store';
import { type Past, usePast } from './use-past';

export interface RunningStatement {
  run: (selection: EditorSelection) => void;
  cancel: () => void;
  isBusy: boolean;
  isCancelling: boolean;
  query: Query | undefined;
  /** What it reads as it was at a moment. */
  past: Past;
  /** Why the statement was not even taken, or its state cannot be asked for. */
  refusal: ErrorReport | undefined;
  /** Where its error is, in the whole text of the editor. */
  mark: EditorMark | undefined;
  place: { line: number; column: number } | undefined;
}

/** A tab's statement: sent, followed until it has ended – or found again, however long it was left –, cancelled if asked. */
export function useStatement(tab: WorkTab, store: TabStore): RunningStatement {
  const past = usePast();
  const start = useMutation({
    mutationFn: async (selection: EditorSelection): Promise<Sent | undefined> => {
      const statement = statementOf(selection);
      if (!(await past.prepare(statement.sql))) return undefined;
      return { ...(await startQuery(statement.sql)), text: selection.text, statement };
    },
    onSuccess: (sent) => sent && store.change(tab.id, { sent }),
  });
  const stop = useMutation({ mutationFn: stopQuery });
  const { sent } = tab;
  const followed = useQuery({ ...queryOptionsOf(sent?.id ?? ''), enabled: sent !== undefined });
  const query = sent && !start.isPending ? followed.data : undefined;
  const failed = start.error ?? followed.error;
  const refusal = failed ? reportFrom(failed) : undefined;
  const mark = findMark(refusal, start.variables) ?? (sent && query && markOf(query.error, sent));
  return {
    run: (selection) => {
      stop.reset();
      start.mutate(selection);
    },
    cancel: () => (past.isPreparing ? past.cancel() : sent && stop.mutate(sent.id)),
    isBusy: start.isPending || (sent !== undefined && !followed.error && !(query && isFinished(query))),
    isCancelling: stop.isPending || stop.isSuccess,
    query,
    past,
    refusal,
    mark,
    place: mark && sent ? placeOf(sent.text, mark.from) : undefined,
  };
}

/** What is selected, or else the statement that the cursor is in. */
export function statementOf({ text, from, to }: EditorSelection): Statement {
  return to > from ? { sql: text.slice(from, to), from, to } : statementAt(text, from);
}

/** A moment that cannot be read is refused before Athena sees the statement; the refusal says where it is. */
function findMark(refusal: ErrorReport | undefined, tried: EditorSelection | undefined): EditorMark | undefined {
  const { line, column } = refusal?.details ?? {};
  if (!refusal || !tried || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return markOf({ message: refusal.message, line, column }, { text: tried.text, statement: statementOf(tried) });
}

/** Athena counts lines in the statement it got; the editor holds more than that. */
function markOf(
  error: QueryError | undefined,
  { statement, text }: { text: string; statement: Statement },
): EditorMark | undefined {
  if (!error?.line || !error.column) return undefined;
  const from = statement.from + offsetOf(statement.sql, error.line, error.column);
  const word = /^(?:"[^"]*"|[\w.]+(?:@[\w:.+-]*\w)?|\S)/.exec(text.slice(from))?.[0] ?? ' ';
  return { from, to: from + word.length, message: error.message };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
