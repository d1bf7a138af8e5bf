'use client';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EditorMark, EditorSelection } from '@/components/editor/sql-editor';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { literalOf, parameterPlaces } from '@/lib/query/parameters';
import { isFinished, queryOptionsOf, startQuery, stopQuery } from '@/lib/query/query-options';
import type { Query, QueryError } from '@/lib/query/schemas';
import { offsetOf, type Statement, statementAt, statementsIn, statementsWithin } from '@/lib/query/statement-at';
import { runInTurn } from './run-in-turn';
import type { Run, TabStore, WorkTab } from './tab-store';
import { type Past, usePast } from './use-past';

/** How often a query is asked for whose end a later statement waits for. */
const POLL_MS = 300;

export interface RunningStatement {
  /** Runs what is selected, or else the statement that the cursor is in. */
  run: (selection: EditorSelection) => void;
  /** Runs every statement of the text, up to the first that fails. */
  runAll: (text: string) => void;
  cancel: () => void;
  isBusy: boolean;
  isCancelling: boolean;
  /** What was run last, in its order. */
  runs: readonly Run[];
  /** Which of them is looked at; the rest is about that one. */
  shown: number;
  show: (index: number) => void;
  query: Query | undefined;
  /** What it reads as it was at a moment. */
  past: Past;
  /** Why the statement was not even taken, or its state cannot be asked for. */
  refusal: ErrorReport | undefined;
  /** Where its error is, in the whole text of the editor. */
  mark: EditorMark | undefined;
  place: { line: number; column: number } | undefined;
  /** Ordinal of the first `?` that has no value of its type: without it nothing was sent. */
  missing: number | undefined;
}

/** A tab's statements: sent in turn, followed until they have ended – or found again, however long they were left –, cancelled if asked. */
export function useStatement(tab: WorkTab, store: TabStore, onChanged: () => void): RunningStatement {
  const client = useQueryClient();
  const past = usePast();
  const stop = useMutation({ mutationFn: stopQuery });
  const [missing, setMissing] = useState<number>();
  const runs = tab.runs ?? [];
  const shown = Math.min(tab.shown ?? newest(runs), Math.max(0, runs.length - 1));
  const active = runs.findIndex(({ state }) => state === 'sending' || state === 'sent');
  const current = runs[shown];
  const { query, error } = useFollowed(current);
  const live = useFollowed(runs.findLast(({ state }) => state === 'sent'));
  const isBusy = isWaiting(runs) || (active >= 0 && !live.error && !(live.query && isFinished(live.query)));

  const start = (text: string, statements: readonly Statement[]) => {
    if (isBusy || statements.length === 0) return;
    const made = statements.map((statement) => withParameters(statement, text, store.parametersOf(tab.id)));
    const lacking = made.find((each) => typeof each === 'number');
    setMissing(lacking);
    if (lacking !== undefined) return;
    stop.reset();
    const next = made as Run[];
    store.begin(tab.id, next);
    void runInTurn(next, {
      send: async ({ statement, parameters }) => {
        if (!(await past.prepare(statement.sql))) return undefined;
        const { id } = await startQuery(statement.sql, parameters);
        // Cancelled while it was on its way.
        if (store.isStopped(tab.id)) await stopQuery(id);
        return id;
      },
      ended: async (id) => {
        const ended = await waitFor(client, id);
        // What gives no rows may have made, changed or dropped a table.
        if (ended.status === 'succeeded' && !ended.hasRows) onChanged();
        return ended;
      },
      change: (index, change) => store.changeRun(tab.id, index, change),
      isStopped: () => store.isStopped(tab.id),
      report: reportFrom,
    });
  };
  const refusal = current?.refusal ?? (error ? reportFrom(error) : undefined);
  const mark = current && (markOfRefusal(current.refusal, current) ?? markOf(query?.error, current));
  return {
    run: ({ text, from, to }) => start(text, to > from ? statementsWithin(text, from, to) : [statementAt(text, from)]),
    runAll: (text) => start(text, statementsIn(text)),
    cancel: () => {
      store.stop(tab.id);
      if (past.isPreparing) past.cancel();
      const running = runs.findLast(({ id }) => id !== undefined);
      if (running?.id) stop.mutate(running.id);
    },
    isBusy,
    isCancelling: isBusy && (stop.isPending || stop.isSuccess),
    runs,
    shown,
    show: (index) => store.change(tab.id, { shown: index }),
    query,
    past,
    refusal,
    mark,
    place: mark && current ? placeOf(current.text, mark.from) : undefined,
    missing,
  };
}

function useFollowed(run: Run | undefined): { query: Query | undefined; error: Error | null } {
  const followed = useQuery({ ...queryOptionsOf(run?.id ?? ''), enabled: run?.id !== undefined });
  return { query: run?.id ? followed.data : undefined, error: run?.id ? followed.error : null };
}

/** What is selected, or else the statement that the cursor is in. */
export function statementOf({ text, from, to }: EditorSelection): Statement {
  return to > from ? { sql: text.slice(from, to), from, to } : statementAt(text, from);
}

/** Asks until the query has ended, whoever else is looking at it. */
async function waitFor(client: QueryClient, id: string): Promise<Query> {
  for (;;) {
    const query = await client.fetchQuery({ ...queryOptionsOf(id), staleTime: POLL_MS / 2 });
    if (isFinished(query)) return query;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The last that was begun: what comes behind it has nothing to show yet. */
function newest(runs: readonly Run[]): number {
  return Math.max(
    0,
    runs.findLastIndex(({ state }) => state !== 'waiting' && state !== 'notRun'),
  );
}

function isWaiting(runs: readonly Run[]): boolean {
  return runs.some(({ state }) => state === 'waiting' || state === 'sending');
}

/** A statement with the values of its `?`; the ordinal of the first that has none. */
function withParameters(statement: Statement, text: string, values: WorkTab['parameters']): Run | number {
  const places = parameterPlaces(text).filter(({ offset }) => statement.from <= offset && offset < statement.to);
  const literals = places.map(({ ordinal }) => literalOf(values?.[ordinal] ?? { type: 'text', text: '' }));
  const lacking = places.find(
    ({ ordinal }, index) => literals[index] === undefined || (values?.[ordinal] ?? null) === null,
  );
  if (lacking) return lacking.ordinal;
  const parameters = literals.flatMap((literal) => literal ?? []);
  return { statement, text, state: 'waiting', ...(parameters.length > 0 ? { parameters } : {}) };
}

/** A statement that cannot be read is refused before Athena takes it; the refusal says where. */
function markOfRefusal(refusal: ErrorReport | undefined, run: Run): EditorMark | undefined {
  const { line, column } = refusal?.details ?? {};
  if (!refusal || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return markOf({ message: refusal.message, line, column }, run);
}

/** Athena counts lines in the statement it got; the editor holds more than that. */
function markOf(error: QueryError | undefined, { statement, text }: Run): EditorMark | undefined {
  if (!error?.line || !error.column) return undefined;
  const from = statement.from + offsetOf(statement.sql, error.line, error.column);
  const word = /^(?:"[^"]*"|[\w.]+(?:@[\w:.+-]*\w)?|\S)/.exec(text.slice(from))?.[0] ?? ' ';
  return { from, to: from + word.length, message: error.message, text };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
