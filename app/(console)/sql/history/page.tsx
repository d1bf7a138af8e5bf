import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { can, requirePermission } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { QueryAreas } from '../_components/query-areas';
import { HistoryView } from './_components/history-view';
import { HistorySearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('queryHistory');
  return { title: t('title') };
}

interface HistoryPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const t = await getTranslations('queryHistory');
  const search = HistorySearch.parse(await searchParams);
  const allowed = await load(async (ctx) => requirePermission(ctx, 'queries:read'), undefined);
  const { role } = await pageContext();
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      {allowed.ok ? (
        <>
          <QueryAreas current="history" />
          <HistoryView first={search} seesEverybody={can(role, 'queries:readAll')} />
        </>
      ) : (
        <Failure error={allowed.error} />
      )}
    </div>
  );
}
