import { History, SquareTerminal, Upload } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { Tag } from '@/components/ui/tag';
import { type DatasetPage, getDataset } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { ContractPanel } from './_components/contract-panel';
import { CataloguedFiles, RawFiles } from './_components/dataset-files';
import { DatasetRuns } from './_components/dataset-runs';
import { SamplePanel } from './_components/sample-panel';
import { SiblingTables } from './_components/sibling-tables';
import { TableColumns } from './_components/table-columns';
import { TableFigures } from './_components/table-figures';

interface DatasetPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: DatasetPageProps) {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DatasetDetailPage({ params }: DatasetPageProps) {
  const { name } = await params;
  return (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={12} />
        </div>
      }
    >
      <LoadedDataset name={decodeURIComponent(name)} />
    </Suspense>
  );
}

async function LoadedDataset({ name }: { name: string }) {
  const result = await load(getDataset, { name });
  if (!result.ok) {
    return (
      <div className="page">
        <h1 className="text-xl">{name}</h1>
        <Failure error={result.error} />
      </div>
    );
  }
  return (
    <>
      <DatasetHeader page={result.data} name={name} />
      <div className="page items-start lg:grid-cols-[minmax(0,1fr)_304px]">
        <Main page={result.data} />
        <Aside page={result.data} />
      </div>
    </>
  );
}

async function DatasetHeader({ page, name }: { page: DatasetPage; name: string }) {
  const t = await getTranslations('datasets');
  const { database, dataset, table } = page;
  return (
    <header className="grid gap-1 border-line border-b bg-surface px-5 py-4 max-sm:px-3">
      <div className="head">
        <h1 className="min-w-0 truncate text-xl">{table ? `${database}.${name}` : name}</h1>
        {table && table.name !== dataset.name && <Tag>{t('computedFrom', { dataset: dataset.name })}</Tag>}
        {!table && <Tag>{t('filesOnly')}</Tag>}
        <span className="grow" />
        <LinkButton icon={History} href={routes.datasetVersions(dataset.name)}>
          {t('history')}
        </LinkButton>
        <LinkButton icon={Upload} href={routes.upload()}>
          {t('upload')}
        </LinkButton>
        {table && (
          <LinkButton
            variant="primary"
            icon={SquareTerminal}
            href={routes.sql({ query: `SELECT *\nFROM ${table.name}\nLIMIT 100` })}
          >
            {t('query')}
          </LinkButton>
        )}
      </div>
      {table?.location && <p className="mono muted truncate">{table.location}</p>}
    </header>
  );
}

function Main({ page: { dataset, table } }: { page: DatasetPage }) {
  return (
    <div className="grid min-w-0 gap-4">
      {table && <TableFigures table={table} />}
      {table && <TableColumns table={table} />}
      {table && <SamplePanel table={table.name} />}
      {dataset.hasFiles && (
        <Suspense fallback={<Skeleton />}>
          <CataloguedFiles dataset={dataset.name} />
        </Suspense>
      )}
    </div>
  );
}

async function Aside({ page: { dataset, table } }: { page: DatasetPage }) {
  const t = await getTranslations('datasets');
  return (
    <aside className="grid min-w-0 gap-4" aria-label={t('about', { dataset: dataset.name })}>
      {dataset.tables.length > 1 && <SiblingTables dataset={dataset} current={table?.name} />}
      {dataset.tables.length > 0 && (
        <Suspense fallback={<Skeleton />}>
          <ContractPanel dataset={dataset.name} />
        </Suspense>
      )}
      <Suspense fallback={<Skeleton />}>
        <RawFiles dataset={dataset.name} />
      </Suspense>
      <Suspense fallback={<Skeleton />}>
        <DatasetRuns dataset={dataset.name} />
      </Suspense>
    </aside>
  );
}
