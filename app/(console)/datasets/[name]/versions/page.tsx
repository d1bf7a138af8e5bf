import { History, Upload } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { listDatasetHistory } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { DatasetName } from '@/lib/storage/schemas';
import { loadDataset } from '../load-dataset';
import { HistoryDays } from './_components/history-days';
import { HistorySearch } from './search-params';

interface HistoryPageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: HistoryPageProps) {
  const t = await getTranslations('history');
  return { title: t('pageTitle', { dataset: decodeURIComponent((await params).name) }) };
}

export default async function DatasetHistoryPage({ params, searchParams }: HistoryPageProps) {
  const name = decodeURIComponent((await params).name);
  const { after } = HistorySearch.parse(await searchParams);
  return (
    <div className="page">
      <Suspense
        key={after}
        fallback={
          <Panel>
            <Skeleton lines={12} />
          </Panel>
        }
      >
        <HistoryOf name={name} after={after} />
      </Suspense>
    </div>
  );
}

/** A table shows what happened to the dataset that it belongs to; a name that the catalog does not know is a dataset's. */
async function HistoryOf({ name, after }: { name: string; after: number }) {
  const t = await getTranslations('history');
  const page = await loadDataset(name);
  if (!page.ok) return <Failure error={page.error} />;
  const dataset = page.data?.dataset ?? name;
  // Made by a query, or of another database: no folder of the raw zone can be called so.
  if (!DatasetName.safeParse(dataset).success) {
    return (
      <Panel>
        <EmptyState
          title={t('noDataset.title', { table: dataset })}
          body={t('noDataset.body')}
          actions={<LinkButton href={routes.dataset(name)}>{t('noDataset.action')}</LinkButton>}
        />
      </Panel>
    );
  }
  return (
    <>
      <div className="head">
        <h2 className="min-w-0 font-semibold text-md">{t('title', { dataset })}</h2>
        <span className="grow" />
        <LinkButton icon={History} href={routes.pointInTime({ zone: 'raw', prefix: `${dataset}/` })}>
          {t('bringBack')}
        </LinkButton>
      </div>
      <p className="muted">{t('lead')}</p>
      <DatasetHistory dataset={dataset} after={after} />
    </>
  );
}

async function DatasetHistory({ dataset, after }: { dataset: string; after: number }) {
  const t = await getTranslations('history');
  const result = await load(listDatasetHistory, { dataset, after });
  if (!result.ok) return <Failure error={result.error} />;
  const { events, tables, total, next, lookedAt } = result.data;
  if (total === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('empty.title')}
          body={t('empty.body')}
          actions={
            <LinkButton variant="primary" icon={Upload} href={routes.upload()}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      </Panel>
    );
  }
  return (
    <>
      {lookedAt !== undefined && (
        <p role="note" className="rounded-md border border-waiting-line bg-waiting-soft px-4 py-2 text-waiting">
          {t('cut', { max: lookedAt })}
        </p>
      )}
      <HistoryDays dataset={dataset} table={tables[0]} events={events} />
      <nav className="flex flex-wrap items-center gap-3" aria-label={t('pages')}>
        <span className="muted">{t('shown', { from: after + 1, to: after + events.length, total })}</span>
        <span className="grow" />
        {after > 0 && <Link href={routes.datasetVersions(dataset) as Route}>{t('newest')}</Link>}
        {next !== undefined && (
          <LinkButton size="sm" href={routes.datasetVersions(dataset, { after: String(next) })}>
            {t('earlier')}
          </LinkButton>
        )}
      </nav>
    </>
  );
}
