'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { EditorMark, EditorSelection } from '@/components/editor/sql-editor';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { isFinished, queryOptionsOf, startQuery, stopQuery } from '@/lib/query/query-options';
import type { Query } from '@/lib/query/schemas';
import { offsetOf, statementAt } from '@/lib/query/statement-at';
import type { Sent, TabStore, WorkTab } from './tab-store';

export interface RunningStatement {
  run: (selection: EditorSelection) => void;
  cancel: () => void;
  isBusy: boolean;
  isCancelling: boolean;
  query: Query | undefined;
  /** Why the statement was not even taken, or its state cannot be asked for. */
  refusal: ErrorReport | undefined;
  /** Where its error is, in the whole text of the editor. */
  mark: EditorMark | undefined;
  place: { line: number; column: number } | undefined;
}

/** A tab's statement: sent, followed until it has ended – or found again, however long it was left –, cancelled if asked. */
export function useStatement(tab: WorkTab, store: TabStore): RunningStatement {
  const start = useMutation({
    mutationFn: async ({ text, from, to }: EditorSelection): Promise<Sent> => {
      const statement = to > from ? { sql: text.slice(from, to), from, to } : statementAt(text, from);
      return { ...(await startQuery(statement.sql)), text, statement };
    },
    onSuccess: (sent) => store.change(tab.id, { sent }),
  });
  const stop = useMutation({ mutationFn: stopQuery });
  const { sent } = tab;
  const followed = useQuery({ ...queryOptionsOf(sent?.id ?? ''), enabled: sent !== undefined });
  const query = sent && !start.isPending ? followed.data : undefined;
  const failed = start.error ?? followed.error;
  const mark = sent && query ? markOf(query, sent) : undefined;
  return {
    run: (selection) => {
      stop.reset();
      start.mutate(selection);
    },
    cancel: () => sent && stop.mutate(sent.id),
    isBusy: start.isPending || (sent !== undefined && !followed.error && !(query && isFinished(query))),
    isCancelling: stop.isPending || stop.isSuccess,
    query,
    refusal: failed ? reportFrom(failed) : undefined,
    mark,
    place: mark && sent ? placeOf(sent.text, mark.from) : undefined,
  };
}

/** Athena counts lines in the statement it got; the editor holds more than that. */
function markOf({ error }: Query, { statement, text }: Sent): EditorMark | undefined {
  if (!error?.line || !error.column) return undefined;
  const from = statement.from + offsetOf(statement.sql, error.line, error.column);
  const word = /^(?:"[^"]*"|[\w.]+|\S)/.exec(text.slice(from))?.[0] ?? ' ';
  return { from, to: from + word.length, message: error.message };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
