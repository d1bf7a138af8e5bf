'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { routes } from '@/lib/routes';
import { runsOptions } from '@/lib/runs/query-options';
import type { RunPage } from '@/lib/runs/schemas';
import { RunTable } from './run-table';

/** Runs, the newest first, kept fresh while the page is looked at. */
export function RunList({ firstPage, dataset }: { firstPage: RunPage; dataset?: string }) {
  const t = useTranslations('runs');
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...runsOptions({ dataset }),
    initialData: { pages: [firstPage], pageParams: [undefined] },
  });
  const runs = data.pages.flatMap((page) => page.runs);
  if (runs.length === 0 && !hasNextPage) {
    return (
      <Panel>
        <EmptyState
          title={t('empty.title')}
          body={t('empty.body')}
          actions={
            <LinkButton variant="primary" href={routes.upload()}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      </Panel>
    );
  }
  return (
    <Panel
      isFlush
      title={t('newestFirst')}
      actions={
        dataset && (
          <LinkButton size="sm" variant="ghost" href={routes.runs()}>
            {t('all')}
          </LinkButton>
        )
      }
    >
      <RunTable label={t('list')} runs={runs} />
      {hasNextPage && (
        <div className="flex justify-center p-2">
          <Button size="sm" isPending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
