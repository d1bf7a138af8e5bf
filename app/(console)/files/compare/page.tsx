import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Tag } from '@/components/ui/tag';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { fileName } from '@/lib/runs/run-name';
import { listVersions } from '@/lib/storage';
import type { Zone } from '@/lib/storage/schemas';
import { CompareView } from './_components/compare-view';
import { VersionPickers } from './_components/version-pickers';
import { CompareSearch } from './search-params';

/** As many as one answer of S3 holds: who looks for an older one comes from the file's own page. */
const LISTED = 1000;

interface ComparePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: ComparePageProps) {
  const t = await getTranslations('compare');
  return { title: t('title', { file: fileName(CompareSearch.parse(await searchParams).key) }) };
}

export default async function ComparePage({ searchParams }: ComparePageProps) {
  const t = await getTranslations('compare');
  const zones = await getTranslations('zones');
  const search = CompareSearch.parse(await searchParams);
  const { key, ...rest } = search;
  const { zone } = rest;
  return (
    <div className="page">
      <div className="head">
        <h1 className="min-w-0 truncate text-xl">{t('title', { file: fileName(key) })}</h1>
        <Tag>{zones(zone)}</Tag>
        <span className="grow" />
        <Link href={routes.file({ zone, key }) as Route}>{t('allVersions')}</Link>
      </div>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Compared {...rest} fileKey={key} />
      </Suspense>
    </div>
  );
}

interface ComparedProps {
  zone: Zone;
  fileKey: string;
  from?: string | undefined;
  to?: string | undefined;
  by?: string[] | undefined;
  as?: 'text' | undefined;
}

async function Compared({ zone, fileKey, from, to, by, as }: ComparedProps) {
  const t = await getTranslations('compare');
  const result = await load(listVersions, { zone, prefix: fileKey, isKey: true, pageSize: LISTED });
  if (!result.ok) return <Failure error={result.error} />;
  const versions = result.data.versions.filter((version) => !version.isDeleteMarker);
  const newer = to ?? versions[0]?.versionId;
  const older = from ?? versions.find((version) => version.versionId !== newer)?.versionId;
  if (!newer || !older) return <EmptyState title={t('one.title')} body={t('one.body')} />;
  const pair = { zone, key: fileKey, from: older, to: newer };
  return (
    <>
      <VersionPickers pair={pair} versions={versions} />
      <CompareView key={JSON.stringify([pair, by, as])} pair={pair} by={by ?? []} as={as} />
    </>
  );
}
