'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EditorMark, EditorSelection } from '@/components/editor/sql-editor';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { isFinished, queryOptionsOf, startQuery, stopQuery } from '@/lib/query/query-options';
import type { Query, QueryError } from '@/lib/query/schemas';
import { offsetOf, type Statement, statementAt } from '@/lib/query/statement-at';
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

/** One statement at a time: sent, followed until it has ended, cancelled if asked. */
export function useStatement(): RunningStatement {
  const [sent, setSent] = useState<{ text: string; statement: Statement }>();
  const past = usePast();
  const start = useMutation({
    mutationFn: async ({ sql }: Statement) => ((await past.prepare(sql)) ? startQuery(sql) : undefined),
  });
  const stop = useMutation({ mutationFn: stopQuery });
  const id = start.data?.id;
  const followed = useQuery({ ...queryOptionsOf(id ?? ''), enabled: id !== undefined });
  const query = id ? followed.data : undefined;
  const run = ({ text, from, to }: EditorSelection) => {
    const statement = to > from ? { sql: text.slice(from, to), from, to } : statementAt(text, from);
    setSent({ text, statement });
    stop.reset();
    start.mutate(statement);
  };
  const failed = start.error ?? followed.error;
  const refusal = failed ? reportFrom(failed) : undefined;
  const mark = sent ? markOf(query?.error ?? placeOfRefusal(refusal), sent) : undefined;
  return {
    run,
    cancel: () => (past.isPreparing ? past.cancel() : id && stop.mutate(id)),
    isBusy: start.isPending || (id !== undefined && !followed.error && !(query && isFinished(query))),
    isCancelling: stop.isPending || stop.isSuccess,
    query,
    past,
    refusal,
    mark,
    place: mark && sent ? placeOf(sent.text, mark.from) : undefined,
  };
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

/** A moment that cannot be read is refused before Athena sees the statement, with its place. */
function placeOfRefusal(refusal: ErrorReport | undefined): QueryError | undefined {
  const { line, column } = refusal?.details ?? {};
  if (!refusal || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { message: refusal.message, line, column };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
