'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent } from 'react';
import { StateIcon, type StateName } from '@/components/ui/state';
import { isFinished, queryOptionsOf } from '@/lib/query/query-options';
import { resultOptions } from '@/lib/query/result/result-options';
import { EMPTY_VIEW } from '@/lib/query/result/view-schemas';
import type { Query } from '@/lib/query/schemas';
import type { Run } from './tab-store';
import type { RunningStatement } from './use-statement';
import styles from './workbench.module.css';

/** One tab for each statement of the run, with how it went; arrows move, as in every list of tabs. */
export function ResultTabs({ statement }: { statement: RunningStatement }) {
  const t = useTranslations('sql');
  const { runs, shown, show } = statement;
  if (runs.length < 2) return null;
  const move = (event: KeyboardEvent) => {
    const last = runs.length - 1;
    const to = {
      ArrowLeft: shown === 0 ? last : shown - 1,
      ArrowRight: shown === last ? 0 : shown + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
    document.getElementById(`result-${to}`)?.focus();
  };
  return (
    <div className={`tabs ${styles.resultTabs}`} role="tablist" aria-label={t('results')} onKeyDown={move}>
      {runs.map((run, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a run's statements keep their order, and one may stand there twice.
          key={index}
          id={`result-${index}`}
          type="button"
          role="tab"
          aria-selected={index === shown}
          aria-controls="sql-result"
          data-state={index === shown ? 'active' : 'inactive'}
          tabIndex={index === shown ? 0 : -1}
          className="tab"
          title={run.statement.sql.slice(0, 300)}
          onClick={() => show(index)}
        >
          <RunLabel number={index + 1} run={run} />
        </button>
      ))}
    </div>
  );
}

function RunLabel({ number, run }: { number: number; run: Run }) {
  const t = useTranslations('sql');
  const { data: query } = useQuery({ ...queryOptionsOf(run.id ?? ''), enabled: run.id !== undefined });
  const hasRows = query?.status === 'succeeded' && query.hasRows;
  const { data: result } = useQuery({ ...resultOptions(run.id ?? '', EMPTY_VIEW), enabled: hasRows });
  const word = (() => {
    if (run.state === 'refused') return t('status.failed');
    if (run.state === 'notRun') return t('ran.notRun');
    if (run.state !== 'sent' || !query) return t('status.queued');
    if (query.error?.line) return t('ran.at', { line: placeLine(run, query), column: query.error.column ?? 1 });
    if (!isFinished(query) || !result) return t(`status.${query.status}`);
    return t(result.isComplete ? 'rowCount' : 'rowsSoFar', { count: result.rowCount });
  })();
  return (
    <>
      <span className="tabular-nums">{number}</span>
      <StateIcon state={stateOf(run, query)} />
      <span className="tabular-nums">{word}</span>
    </>
  );
}

/** The line in the editor, where the error stands; the query knows that of its own statement. */
function placeLine({ text, statement }: Run, { error }: Query): number {
  return text.slice(0, statement.from).split('\n').length + (error?.line ?? 1) - 1;
}

function stateOf({ state }: Run, query: Query | undefined): StateName {
  if (state === 'refused') return 'failed';
  if (state === 'notRun') return 'stopped';
  if (!query) return 'waiting';
  const states = {
    queued: 'waiting',
    running: 'running',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'stopped',
  };
  return states[query.status] as StateName;
}
