'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import type { ChartConfig } from '@/lib/query/chart-config';
import { resultOptions } from '@/lib/query/result/result-options';
import type { ResultState } from '@/lib/query/result/result-state';
import { EMPTY_VIEW, type ResultView } from '@/lib/query/result/view-schemas';
import type { Query } from '@/lib/query/schemas';
import { ExportMenu } from './export-menu';
import { FilterChips } from './filter-chips';
import styles from './query-result.module.css';
import { ResultChart } from './result-chart';
import { ResultTable } from './result-table';
import { StatementProblem } from './statement-problem';

/** Where its error is, in the whole text of the editor. */
type Place = { line: number; column: number };

interface QueryResultProps {
  query: Query | undefined;
  /** What exported files are named after: the saved query, if it is one. */
  name: string | undefined;
  /** How it is drawn, where that was chosen. */
  chart: ChartConfig | undefined;
  onChartChange: (chart: ChartConfig) => void;
}

/** The rows of a statement that has succeeded; before that what will be here, and else why there are none. */
export function QueryResult({ query, place, ...rest }: QueryResultProps & { place: Place | undefined }) {
  const t = useTranslations('sql');
  if (!query) return <EmptyState title={t('empty.title')} body={t('empty.body')} />;
  if (query.status === 'failed') {
    return (
      <div className="p-4">
        <StatementProblem error={query.error ?? { message: t('ran.failedUnsaid') }} place={place} />
      </div>
    );
  }
  if (query.status === 'cancelled') return <EmptyState title={t('status.cancelled')} body={t('ran.cancelled')} />;
  if (query.status !== 'succeeded') return <Coming />;
  if (!query.hasRows) return <p className="muted p-4">{t('done')}</p>;
  return <Result key={query.id} query={query} {...rest} />;
}

function Result({ query, name, chart, onChartChange }: QueryResultProps & { query: Query }) {
  const t = useTranslations('sql');
  const { id } = query;
  const [shown, setShown] = useState<'table' | 'chart'>('table');
  const [view, setView] = useState<ResultView>(EMPTY_VIEW);
  const { data: state, error, isPlaceholderData } = useQuery(resultOptions(id, view));
  const isPlain = view.filters.length === 0 && !view.sort;
  if (error) return <Refused error={error} onPlain={isPlain ? undefined : () => setView(EMPTY_VIEW)} />;
  if (!state) return <Coming />;
  return (
    <div className={styles.result}>
      <div className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1">
        <RowCount state={state} isFiltered={view.filters.length > 0} isBusy={isPlaceholderData} />
        <FilterChips columns={state.columns} view={view} onChange={setView} />
        <span className="grow" />
        <Segmented
          label={t('view')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'table', label: t('table') },
            { value: 'chart', label: t('chart') },
          ]}
        />
        <ExportMenu
          id={id}
          name={name ?? t('result')}
          rowCount={state.isComplete && !state.isCut ? state.rowCount : undefined}
          shown={isPlain || isPlaceholderData ? undefined : { view, rowCount: state.viewRows }}
        />
      </div>
      {shown === 'table' ? (
        <ResultTable id={id} state={state} view={view} isBusy={isPlaceholderData} onView={setView} />
      ) : (
        <ResultChart id={id} columns={state.columns} view={view} chart={chart} onChange={onChartChange} />
      )}
    </div>
  );
}

function Coming() {
  return (
    <div className="p-4">
      <Skeleton lines={8} />
    </div>
  );
}

function RowCount({ state, isFiltered, isBusy }: { state: ResultState; isFiltered: boolean; isBusy: boolean }) {
  const t = useTranslations('sql');
  const tr = useTranslations('result');
  const { rowCount, viewRows, isComplete, isCut } = state;
  const count = isCut
    ? tr('firstRows', { count: rowCount })
    : t(isComplete ? 'rowCount' : 'rowsSoFar', { count: rowCount });
  return (
    <span className="text-xs" role="status" title={isCut ? tr('cutHint') : undefined}>
      <span className="font-medium">
        {isFiltered && !isBusy ? tr('rowsOf', { count: viewRows, total: rowCount }) : count}
      </span>
      {isBusy && <span className="faint"> {tr('working')}</span>}
    </span>
  );
}

function Refused({ error, onPlain }: { error: Error; onPlain: (() => void) | undefined }) {
  const t = useTranslations('result');
  return (
    <div className="grid justify-items-start gap-3 p-4">
      <Failure error={reportFrom(error)} />
      {onPlain && <Button onClick={onPlain}>{t('showPlain')}</Button>}
    </div>
  );
}
