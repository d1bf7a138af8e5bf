import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatasetPage } from '@/lib/catalog';
import { AboutTable } from './_components/about-table';
import { ColumnsPanel } from './_components/columns-panel';
import { ContractPanel } from './_components/contract-panel';
import { CataloguedFiles, RawFiles } from './_components/dataset-files';
import { GrowthRail } from './_components/growth-rail';
import { MetadataEdits } from './_components/metadata-edits';
import { SamplePanel } from './_components/sample-panel';
import { SiblingTables } from './_components/sibling-tables';
import { TableFigures } from './_components/table-figures';
import { UsedBy } from './_components/used-by';
import { leaveFormerCrawlers } from './leave-former-crawlers';
import { loadDataset } from './load-dataset';

interface OverviewPageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<OverviewPageProps, 'params'>) {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DatasetOverviewPage({ params, searchParams }: OverviewPageProps) {
  const { name } = await params;
  await leaveFormerCrawlers(name, await searchParams);
  return (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={12} />
        </div>
      }
    >
      <Overview name={decodeURIComponent(name)} />
    </Suspense>
  );
}

async function Overview({ name }: { name: string }) {
  const result = await loadDataset(name);
  if (!result.ok) {
    return (
      <div className="page">
        <Failure error={result.error} />
      </div>
    );
  }
  if (!result.data) notFound();
  return (
    <div className="page items-start lg:grid-cols-[minmax(0,1fr)_304px]">
      <Main page={result.data} />
      <Aside page={result.data} />
    </div>
  );
}

function Main({ page }: { page: DatasetPage }) {
  const { name, dataset, hasFiles, table } = page;
  return (
    <div className="grid min-w-0 gap-4">
      {table && <TableFigures table={table} />}
      {table && (
        <Suspense
          fallback={
            <Panel>
              <Skeleton lines={table.columns.length} />
            </Panel>
          }
        >
          <ColumnsPanel page={{ ...page, table }} />
        </Suspense>
      )}
      {table && <SamplePanel table={name} />}
      {hasFiles && (
        <Suspense fallback={<Skeleton />}>
          <CataloguedFiles dataset={dataset} />
        </Suspense>
      )}
    </div>
  );
}

async function Aside({ page }: { page: DatasetPage }) {
  const t = await getTranslations('datasets');
  const { name, dataset, isOwn, table } = page;
  return (
    <aside className="grid min-w-0 gap-4" aria-label={t('about', { dataset })}>
      {table && <AboutTable page={{ ...page, table }} />}
      {table && <GrowthRail table={table} dataset={name} />}
      {isOwn && table && (
        <Suspense>
          <UsedBy table={table} dataset={dataset} />
        </Suspense>
      )}
      {isOwn && table?.name !== dataset && (
        <Suspense>
          <SiblingTables dataset={dataset} current={table?.name} />
        </Suspense>
      )}
      {isOwn && table && (
        <Suspense fallback={<Skeleton />}>
          <ContractPanel dataset={dataset} />
        </Suspense>
      )}
      {isOwn && (
        <Suspense fallback={<Skeleton />}>
          <RawFiles dataset={dataset} />
        </Suspense>
      )}
      {table && (
        <Suspense>
          <MetadataEdits table={name} />
        </Suspense>
      )}
    </aside>
  );
}
