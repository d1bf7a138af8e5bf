import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { TabLinks } from '@/components/ui/tabs';
import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { listDeleted, listFiles } from '@/lib/storage';
import { zones } from '@/lib/storage/zones';
import { FileBrowser } from './_components/file-browser';
import { deletedListing, filesListing } from './_components/listing';
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
      {/* Within a zone the last list stays until the next is there. */}
      <Suspense
        key={place.zone}
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

async function Files(place: FilesSearch) {
  const { zone, prefix, search, after, deleted } = place;
  const [result, { role }] = await Promise.all([
    deleted
      ? load(async (ctx, input) => deletedListing(await listDeleted(ctx, input)), { zone, prefix, search, after })
      : load(async (ctx, input) => filesListing(await listFiles(ctx, input)), {
          zone,
          prefix,
          search,
          nextToken: after,
        }),
    pageContext(),
  ]);
  if (!result.ok) return <Failure error={result.error} />;
  return (
    <FileBrowser
      place={place}
      listing={result.data}
      may={{
        download: can(role, 'files:download'),
        copy: can(role, 'files:upload'),
        delete: can(role, 'files:delete'),
      }}
    />
  );
}
