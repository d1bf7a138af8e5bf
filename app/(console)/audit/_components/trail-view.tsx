'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import type { AuditSearch } from '../search-params';
import { ExportTrail } from './export-trail';
import { TrailFilters } from './trail-filters';
import { trailOptions } from './trail-options';
import { TrailTable } from './trail-table';

/** One half of the trail, newest first, sieved as the address says. */
export function TrailView({ first, people }: { first: AuditSearch; people: readonly string[] }) {
  const t = useTranslations('audit');
  const [search, setSearch] = useState(first);
  const trail = useInfiniteQuery(trailOptions(search));
  const { data, error, hasNextPage } = trail;
  const change = (next: AuditSearch) => {
    setSearch(next);
    window.history.replaceState(null, '', routes.audit(asQuery(next)));
  };
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const isSieved = Object.entries(search).some(([name, value]) => name !== 'source' && value !== undefined);
  return (
    <>
      <TrailFilters key={JSON.stringify(search)} search={search} people={people} onChange={change} />
      {error && <Failure error={reportFrom(error)} />}
      {!error && !data && (
        <Panel>
          <Skeleton lines={10} />
        </Panel>
      )}
      {data && (
        <Panel
          isFlush
          title={t('newestFirst')}
          actions={
            <span className="flex flex-wrap gap-2">
              <Button size="sm" icon={RotateCw} isPending={trail.isRefetching} onClick={() => trail.refetch()}>
                {t('refresh')}
              </Button>
              <ExportTrail search={search} />
            </span>
          }
        >
          {rows.length > 0 && <TrailTable rows={rows} search={search} onSearch={change} />}
          {rows.length === 0 && (isSieved || hasNextPage) && (
            <p className="muted px-4 py-3">{hasNextPage ? t('noneSoFar') : t('noMatch')}</p>
          )}
          {rows.length === 0 && !isSieved && !hasNextPage && (
            <EmptyState title={t(`empty.${search.source}`)} body={t('empty.body')} />
          )}
          <div className={clsx('flex flex-wrap items-center justify-center gap-3', hasNextPage && 'p-2')} role="status">
            {hasNextPage && <ReadTo at={data.pages.at(-1)?.readTo} />}
            {hasNextPage && (
              <Button size="sm" isPending={trail.isFetchingNextPage} onClick={() => trail.fetchNextPage()}>
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
function ReadTo({ at }: { at: number | undefined }) {
  const t = useTranslations('audit');
  if (at === undefined) return null;
  return <span className="muted text-xs">{t.rich('readTo', { at: () => <Time value={at} /> })}</span>;
}

function asQuery({ source, ...rest }: AuditSearch): Record<string, string> {
  const set = Object.entries(rest).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { ...(source === 'aws' ? { source } : {}), ...Object.fromEntries(set) };
}
