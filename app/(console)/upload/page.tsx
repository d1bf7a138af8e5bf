import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import { can, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { listDatasets } from '@/lib/catalog';
import { load, pageContext } from '@/lib/page';
import { UploadDesk } from './_components/upload-desk';

export async function generateMetadata() {
  const t = await getTranslations('upload');
  return { title: t('title') };
}

export default async function UploadPage() {
  const t = await getTranslations('upload');
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      <Suspense fallback={<Skeleton lines={4} />}>
        <Desk />
      </Suspense>
    </div>
  );
}

async function Desk() {
  const allowed = await load(async (ctx) => requirePermission(ctx, 'files:upload'), undefined);
  const catalog = allowed.ok ? await load(listDatasets, undefined) : allowed;
  if (!catalog.ok) return <Failure error={catalog.error} />;
  const { role, user } = await pageContext();
  return (
    <UploadDesk
      known={catalog.data.datasets.map((dataset) => dataset.name)}
      canKeep={can(role, 'datasets:edit')}
      bucket={(await getLake()).rawBucket}
      person={user.id}
    />
  );
}
