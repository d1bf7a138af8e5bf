'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { ResultGrid } from '@/components/table/result-grid';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { rowsOptions } from '@/lib/query/query-options';
import type { Query } from '@/lib/query/schemas';
import { routes } from '@/lib/routes';
import { ResultChart } from './result-chart';
import styles from './workbench.module.css';

/** The rows of a statement that has succeeded; before that, what will be here. */
export function QueryResult({ query }: { query: Query | undefined }) {
  const t = useTranslations('sql');
  if (!query) return <EmptyState title={t('empty.title')} body={t('empty.body')} />;
  if (query.status !== 'succeeded') return null;
  if (!query.hasRows) return <p className="muted p-4">{t('done')}</p>;
  return <Rows key={query.id} id={query.id} />;
}

function Rows({ id }: { id: string }) {
  const t = useTranslations('sql');
  const [view, setView] = useState<'table' | 'chart'>('table');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(rowsOptions(id));
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  if (error) {
    return (
      <div className="p-4">
        <Failure error={reportFrom(error)} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className="p-4">
        <Skeleton lines={8} />
      </div>
    );
  }
  const columns = data.pages[0]?.columns ?? [];
  const rows = data.pages.flatMap((page) => page.rows);
  return (
    <div className={styles.rows}>
      <div className="flex h-9 items-center gap-2 border-line border-b px-3">
        <span className="font-medium text-xs" role="status">
          {hasNextPage ? t('rowsSoFar', { count: rows.length }) : t('rowCount', { count: rows.length })}
        </span>
        <span className="grow" />
        <Segmented
          label={t('view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'table', label: t('table') },
            { value: 'chart', label: t('chart') },
          ]}
        />
        <LinkButton size="sm" icon={Download} isDownload href={routes.queryDownload(id)}>
          CSV
        </LinkButton>
      </div>
      {view === 'table' ? (
        <ResultGrid
          label={t('result')}
          columns={columns}
          rows={rows}
          hasMore={hasNextPage}
          onNearEnd={loadMore}
          loadingText={t('loadingRows')}
        />
      ) : (
        <ResultChart columns={columns} rows={rows} />
      )}
    </div>
  );
}
