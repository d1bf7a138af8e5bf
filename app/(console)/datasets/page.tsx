import { Upload } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { listDatasets } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { DatasetTable } from './_components/dataset-table';

export async function generateMetadata() {
  const t = await getTranslations('datasets');
  return { title: t('title') };
}

export default async function DatasetsPage() {
  const t = await getTranslations('datasets');
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        <LinkButton icon={Upload} href={routes.upload()}>
          {t('upload')}
        </LinkButton>
      </div>
      <Suspense
        fallback={
          <Panel>
            <Skeleton lines={8} />
          </Panel>
        }
      >
        <Datasets />
      </Suspense>
    </div>
  );
}

async function Datasets() {
  const t = await getTranslations('datasets');
  const result = await load(listDatasets, undefined);
  if (!result.ok) return <Failure error={result.error} />;
  const { database, datasets } = result.data;
  if (datasets.length === 0) {
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
    <Panel isFlush title={database} aside={t('counts', { datasets: datasets.length })}>
      <DatasetTable label={t('title')} datasets={datasets} />
    </Panel>
  );
}
