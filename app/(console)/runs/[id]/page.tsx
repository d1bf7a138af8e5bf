import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { getRun, getRunDefinition } from '@/lib/runs';
import { shortRunId } from '@/lib/runs/run-name';
import { drawMachine } from './_components/draw-machine';
import { RunView } from './_components/run-view';

interface RunPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: RunPageProps) {
  const t = await getTranslations('runs');
  return { title: t('runTitle', { id: shortRunId((await params).id) }) };
}

export default async function RunPage({ params }: RunPageProps) {
  const { id } = await params;
  return (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={12} />
        </div>
      }
    >
      <LoadedRun id={decodeURIComponent(id)} />
    </Suspense>
  );
}

async function LoadedRun({ id }: { id: string }) {
  const t = await getTranslations('runs');
  const [run, machine, { role }] = await Promise.all([
    load(getRun, { id }),
    load(getRunDefinition, { id }),
    pageContext(),
  ]);
  const refused = [run, machine].find((result) => !result.ok);
  if (!run.ok || !machine.ok) {
    return (
      <div className="page">
        <h1 className="text-xl">{t('runTitle', { id: shortRunId(id) })}</h1>
        {refused && !refused.ok && <Failure error={refused.error} />}
      </div>
    );
  }
  const { name, definition } = machine.data;
  const mayPublish = can(role, 'runs:start');
  return <RunView initial={run.data} machine={drawMachine(name, definition)} mayPublish={mayPublish} />;
}
