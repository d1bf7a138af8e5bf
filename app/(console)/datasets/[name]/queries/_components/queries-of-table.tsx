'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { reportFrom } from '@/lib/fetch-json';
import { historyOptions } from '@/lib/query/history/query-options';
import { routes } from '@/lib/routes';
import { HistoryTable } from '../../../../sql/history/_components/history-table';

interface QueriesOfTableProps {
  /** `database.table`. */
  table: string;
  seesEverybody: boolean;
}

/** Statements that were run and read the table, newest first: everybody's for those who may see them, else one's own. */
export function QueriesOfTable({ table, seesEverybody }: QueriesOfTableProps) {
  const t = useTranslations('tableQueries');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyOptions({ table, whose: seesEverybody ? 'everybody' : 'mine' }),
  );
  if (error) return <Failure error={reportFrom(error)} />;
  const records = data?.pages.flatMap((page) => page.records) ?? [];
  const readTo = data?.pages.at(-1)?.readTo;
  return (
    <Panel
      isFlush={records.length > 0}
      title={t(seesEverybody ? 'run' : 'runByYou')}
      actions={
        <LinkButton
          size="sm"
          variant="ghost"
          href={routes.queryHistory({ table, ...(seesEverybody ? { whose: 'everybody' } : {}) })}
        >
          {t('inHistory')}
        </LinkButton>
      }
    >
      {!data && <Skeleton lines={8} />}
      {data && records.length === 0 && <p className="muted">{t(hasNextPage ? 'noneSoFar' : 'noneRun')}</p>}
      {records.length > 0 && <HistoryTable records={records} />}
      {hasNextPage && (
        <div className="flex flex-wrap items-center justify-center gap-3 p-2" role="status">
          {readTo !== undefined && (
            <span className="muted text-xs">{t.rich('readTo', { at: () => <Time value={readTo} /> })}</span>
          )}
          <Button size="sm" isPending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
