import { ScanSearch, Upload } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth';
import { listCatalog } from '@/lib/catalog';
import { load, pageContext } from '@/lib/page';
import { listScores } from '@/lib/quality';
import { routes } from '@/lib/routes';
import { DatasetList } from './_components/dataset-list';

export async function generateMetadata() {
  const t = await getTranslations('datasets');
  return { title: t('title') };
}

export default async function DatasetsPage() {
  const t = await getTranslations('datasets');
  const { role } = await pageContext();
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {can(role, 'crawlers:run') && (
          <LinkButton icon={ScanSearch} href={routes.crawlers()}>
            {t('crawler')}
          </LinkButton>
        )}
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
  const [result, scores] = await Promise.all([load(listCatalog, undefined), load(listScores, undefined)]);
  if (!result.ok) return <Failure error={result.error} />;
  if (result.data.datasets.length === 0) {
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
  return <DatasetList listing={result.data} scores={scores.ok ? scores.data : undefined} />;
}
