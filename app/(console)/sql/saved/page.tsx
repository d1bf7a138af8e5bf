import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { requirePermission } from '@/lib/auth';
import { load } from '@/lib/page';
import { QueryAreas } from '../_components/query-areas';
import { SavedLibrary } from './_components/saved-library';
import { SavedSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('savedQueries');
  return { title: t('title') };
}

interface SavedPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SavedPage({ searchParams }: SavedPageProps) {
  const t = await getTranslations('savedQueries');
  const { query, deleted } = SavedSearch.parse(await searchParams);
  const allowed = await load(async (ctx) => requirePermission(ctx, 'queries:read'), undefined);
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      {allowed.ok ? (
        <>
          <QueryAreas current="saved" />
          <SavedLibrary key={deleted} selected={query} isDeleted={deleted === 'yes'} />
        </>
      ) : (
        <Failure error={allowed.error} />
      )}
    </div>
  );
}
