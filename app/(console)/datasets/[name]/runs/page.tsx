import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { load } from '@/lib/page';
import { listRuns } from '@/lib/runs';
import { RunList } from '../../../runs/_components/run-list';
import { loadDataset } from '../load-dataset';

interface DatasetRunsPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: DatasetRunsPageProps) {
  const t = await getTranslations('runs');
  return { title: t('titleOf', { dataset: decodeURIComponent((await params).name) }) };
}

/** The runs that the dataset's files have caused. */
export default async function DatasetRunsPage({ params }: DatasetRunsPageProps) {
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
        <DatasetRuns name={name} />
      </Suspense>
    </div>
  );
}

async function DatasetRuns({ name }: { name: string }) {
  const page = await loadDataset(name);
  if (!page.ok) return <Failure error={page.error} />;
  const dataset = page.data?.dataset ?? name;
  const result = await load(listRuns, { dataset });
  if (!result.ok) return <Failure error={result.error} />;
  return <RunList firstPage={result.data} dataset={dataset} />;
}
