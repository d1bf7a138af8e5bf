import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { TabLinks } from '@/components/ui/tabs';
import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { listFiles } from '@/lib/storage';
import { type Zone, zones } from '@/lib/storage/schemas';
import { FileTable } from './_components/file-table';
import { PrefixPath } from './_components/prefix-path';
import { FilesSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('files');
  return { title: t('title') };
}

interface FilesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function FilesPage({ searchParams }: FilesPageProps) {
  const t = await getTranslations();
  const place = FilesSearch.parse(await searchParams);
  return (
    <div className="page">
      <h1 className="text-xl">{t('files.title')}</h1>
      <TabLinks
        label={t('files.zones')}
        tabs={zones.map((zone) => ({
          href: routes.files({ zone }),
          label: t(`zones.${zone}`),
          isCurrent: zone === place.zone,
        }))}
      />
      <Suspense
        key={`${place.zone} ${place.prefix} ${place.after}`}
        fallback={
          <Panel>
            <Skeleton lines={8} />
          </Panel>
        }
      >
        <Files {...place} />
      </Suspense>
    </div>
  );
}

async function Files({ zone, prefix, after }: { zone: Zone; prefix: string; after?: string | undefined }) {
  const t = await getTranslations('files');
  const [result, { role }] = await Promise.all([load(listFiles, { zone, prefix, nextToken: after }), pageContext()]);
  if (!result.ok) return <Failure error={result.error} />;
  const page = result.data;
  const isEmpty = page.files.length + page.folders.length === 0;
  return (
    <Panel isFlush title={<PrefixPath zone={zone} bucket={page.bucket} prefix={prefix} />}>
      {isEmpty ? (
        <EmptyState title={t('empty.title')} body={t(`empty.${zone}`)} />
      ) : (
        <FileTable page={page} zone={zone} canDownload={can(role, 'files:download')} />
      )}
      {page.nextToken && (
        <p className="flex justify-center p-2">
          <LinkButton size="sm" href={routes.files({ zone, prefix, after: page.nextToken })}>
            {t('more')}
          </LinkButton>
        </p>
      )}
    </Panel>
  );
}
