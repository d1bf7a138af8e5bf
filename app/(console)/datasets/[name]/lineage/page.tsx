import { Download, Upload } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { getLineage } from '@/lib/lineage';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { LineageView } from './_components/lineage-view';
import { RecentRuns } from './_components/recent-runs';

interface LineagePageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: LineagePageProps) {
  const t = await getTranslations('lineage');
  return { title: t('pageTitle', { dataset: decodeURIComponent((await params).name) }) };
}

export default async function LineagePage({ params }: LineagePageProps) {
  const name = decodeURIComponent((await params).name);
  return (
    <div className="page">
      <Suspense
        fallback={
          <Panel>
            <Skeleton lines={10} />
          </Panel>
        }
      >
        <LoadedLineage name={name} />
      </Suspense>
    </div>
  );
}

async function LoadedLineage({ name }: { name: string }) {
  const t = await getTranslations('lineage');
  const result = await load(getLineage, { name });
  if (!result.ok) return <Failure error={result.error} />;
  const lineage = result.data;
  const isEmpty = lineage.runs.length === 0 && lineage.nodes.every(({ kind }) => kind === 'files');
  if (isEmpty) {
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
      <LineageView
        lineage={lineage}
        actions={
          lineage.runs.length > 0 && (
            <LinkButton icon={Download} href={routes.lineageEvents(lineage.dataset)} isDownload>
              {t('download')}
            </LinkButton>
          )
        }
      />
      {lineage.runs.length > 0 && <RecentRuns runs={lineage.runs} />}
    </>
  );
}
