'use client';
import { useQuery } from '@tanstack/react-query';
import { SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { QueryResult } from '@/app/(console)/sql/_components/query-result';
import { Failure } from '@/components/shell/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { State } from '@/components/ui/state';
import { reportFrom } from '@/lib/fetch-json';
import type { ChartConfig } from '@/lib/query/chart-config';
import { isFinished, queryOptionsOf, startQuery, stopQuery } from '@/lib/query/query-options';
import { routes } from '@/lib/routes';

interface FailingRowsProps {
  rule: string;
  table: string;
  /** Undefined where the rule is not about rows. */
  sql: string | undefined;
  canQuery: boolean;
  /** How many there are, as the evaluation counted them. */
  count: number | undefined;
  /** The rows are of a held file: they are kept for a while beside the table. */
  isStaged: boolean;
}

/** The rows themselves, as Athena finds them for the person: to be looked through, sorted, filtered and exported. */
export function FailingRows({ rule, table, sql, canQuery, count, isStaged }: FailingRowsProps) {
  const t = useTranslations('tableQuality');
  return (
    <div id="failing-rows">
      <Panel
        isFlush
        title={t('failingRows')}
        aside={<span className="mono break-words">{rule}</span>}
        actions={
          sql !== undefined &&
          canQuery && (
            <LinkButton size="sm" icon={SquareTerminal} href={routes.sql({ query: sql })}>
              {t('openInSql')}
            </LinkButton>
          )
        }
      >
        {sql === undefined ? (
          <p className="muted px-4 py-3">{t('notAboutRows')}</p>
        ) : canQuery ? (
          <Rows key={sql} sql={sql} name={`${table}-failing-rows`} count={count} isStaged={isStaged} />
        ) : (
          <p className="muted px-4 py-3">{t('noQuery')}</p>
        )}
      </Panel>
    </div>
  );
}

interface RowsProps extends Pick<FailingRowsProps, 'count' | 'isStaged'> {
  sql: string;
  name: string;
}

/** Of the grid in pixels: as high as its rows need, up to a height that leaves the page readable. */
const [AROUND, ROW, HIGHEST] = [180, 25, 384];

function Rows({ sql, name, count, isStaged }: RowsProps) {
  const t = useTranslations('tableQuality');
  const common = useTranslations('common');
  const [chart, setChart] = useState<ChartConfig>();
  // Asked for once: looking at the page again is no reason to pay again.
  const started = useQuery({
    queryKey: ['failing-rows', sql],
    queryFn: () => startQuery(sql),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const id = started.data?.id;
  const { data: query, error } = useQuery({ ...queryOptionsOf(id ?? ''), enabled: id !== undefined });
  const failure = started.error ?? error;
  if (failure) {
    return (
      <div className="p-4">
        <Failure error={reportFrom(failure)} />
      </div>
    );
  }
  const isRunning = !query || !isFinished(query);
  return (
    <div className="grid">
      {isRunning && (
        <div className="flex items-center gap-2 px-4 py-2">
          <State state="running">{t('findingRows')}</State>
          {id && (
            <Button size="sm" onClick={() => stopQuery(id)}>
              {common('cancel')}
            </Button>
          )}
        </div>
      )}
      <div className="min-h-0" style={{ height: Math.min(HIGHEST, AROUND + ROW * (count ?? HIGHEST)) }}>
        {query ? (
          <QueryResult query={query} place={undefined} name={name} chart={chart} onChartChange={setChart} />
        ) : (
          <div className="p-4">
            <Skeleton lines={8} />
          </div>
        )}
      </div>
      {isStaged && <p className="muted border-line border-t px-4 py-2 text-xs">{t('stagedKept')}</p>}
    </div>
  );
}
