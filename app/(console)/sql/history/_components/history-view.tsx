'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { reportFrom } from '@/lib/fetch-json';
import { historyOptions } from '@/lib/query/history/query-options';
import type { ListQueryHistory, QueryHistoryPage } from '@/lib/query/history/schemas';
import { routes } from '@/lib/routes';
import type { HistorySearch } from '../search-params';
import { HistoryFilters } from './history-filters';
import { HistoryTable } from './history-table';

/** What was run, newest first, sieved as the address says; kept fresh while something runs. */
export function HistoryView({ first, seesEverybody }: { first: HistorySearch; seesEverybody: boolean }) {
  const t = useTranslations('queryHistory');
  const [search, setSearch] = useState(first);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyOptions(toFilter(search, seesEverybody)),
  );
  const change = (next: HistorySearch) => {
    setSearch(next);
    const set = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    window.history.replaceState(null, '', routes.queryHistory(Object.fromEntries(set)));
  };
  const records = data?.pages.flatMap((page) => page.records) ?? [];
  const isSieved = Object.entries(search).some(([name, value]) => name !== 'whose' && value);
  return (
    <>
      <HistoryFilters search={search} seesEverybody={seesEverybody} onChange={change} />
      {error && <Failure error={reportFrom(error)} />}
      {!error && !data && (
        <Panel>
          <Skeleton lines={10} />
        </Panel>
      )}
      {data && records.length === 0 && !hasNextPage && !isSieved && <NothingYet />}
      {data && (records.length > 0 || hasNextPage || isSieved) && (
        <Panel isFlush title={t('newestFirst')}>
          {records.length > 0 ? (
            <HistoryTable records={records} />
          ) : (
            <p className="muted px-4 py-3">{hasNextPage ? t('noneSoFar') : t('noMatch')}</p>
          )}
          <div className={clsx('flex flex-wrap items-center justify-center gap-3', hasNextPage && 'p-2')} role="status">
            {hasNextPage && <ReadTo page={data.pages.at(-1)} />}
            {hasNextPage && (
              <Button size="sm" isPending={isFetchingNextPage} onClick={() => fetchNextPage()}>
                {t('more')}
              </Button>
            )}
          </div>
        </Panel>
      )}
    </>
  );
}

/** A filter that fits little may have looked far: it says how far. */
function ReadTo({ page }: { page: QueryHistoryPage | undefined }) {
  const t = useTranslations('queryHistory');
  if (!page?.readTo) return null;
  return <span className="muted text-xs">{t.rich('readTo', { at: () => <Time value={page.readTo} /> })}</span>;
}

function NothingYet() {
  const t = useTranslations('queryHistory.empty');
  return (
    <Panel>
      <EmptyState
        title={t('title')}
        body={t('body')}
        actions={
          <LinkButton variant="primary" href={routes.sql()}>
            {t('action')}
          </LinkButton>
        }
      />
    </Panel>
  );
}

function toFilter({ from, to, whose, ...rest }: HistorySearch, seesEverybody: boolean): Omit<ListQueryHistory, 'next'> {
  return {
    ...rest,
    whose: whose ?? (seesEverybody ? 'everybody' : 'mine'),
    ...(from ? { since: startOfDay(from, 0) } : {}),
    ...(to ? { until: startOfDay(to, 1) } : {}),
  };
}

/** A day begins at midnight where the person is. */
function startOfDay(day: string, later: number): number {
  const date = new Date(`${day}T00:00`);
  return date.setDate(date.getDate() + later);
}
