import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { load } from '@/lib/page';
import { listRuns } from '@/lib/runs';
import { RunList } from './_components/run-list';
import { RunsSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('runs');
  return { title: t('title') };
}

interface RunsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunsPage({ searchParams }: RunsPageProps) {
  const t = await getTranslations('runs');
  const { dataset } = RunsSearch.parse(await searchParams);
  return (
    <div className="page">
      <h1 className="text-xl">{dataset ? t('titleOf', { dataset }) : t('title')}</h1>
      <Suspense
        key={dataset}
        fallback={
          <Panel>
            <Skeleton lines={10} />
          </Panel>
        }
      >
        <Runs dataset={dataset} />
      </Suspense>
    </div>
  );
}

async function Runs({ dataset }: { dataset?: string | undefined }) {
  const result = await load(listRuns, { dataset });
  if (!result.ok) return <Failure error={result.error} />;
  return <RunList firstPage={result.data} {...(dataset ? { dataset } : {})} />;
}
