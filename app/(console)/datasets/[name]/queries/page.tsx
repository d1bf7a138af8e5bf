import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { can, requirePermission } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { LoadedTable, type TablePage } from '../_components/loaded-table';
import { QueriesOfTable } from './_components/queries-of-table';
import { SavedReaders } from './_components/saved-readers';

interface QueriesPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: QueriesPageProps) {
  const t = await getTranslations('tableQueries');
  return { title: t('pageTitle', { table: decodeURIComponent((await params).name) }) };
}

/** The statements that read the table: those that are kept, and those that were run. */
export default function QueriesPage({ params }: QueriesPageProps) {
  return <LoadedTable params={params}>{(page) => <Queries page={page} />}</LoadedTable>;
}

async function Queries({ page: { table } }: { page: TablePage }) {
  const allowed = await load(async (ctx) => requirePermission(ctx, 'queries:read'), undefined);
  if (!allowed.ok) return <Failure error={allowed.error} />;
  const { role } = await pageContext();
  const name = `${table.database}.${table.name}`;
  return (
    <>
      <Suspense
        fallback={
          <Panel>
            <Skeleton lines={3} />
          </Panel>
        }
      >
        <SavedReaders table={name} />
      </Suspense>
      <QueriesOfTable table={name} seesEverybody={can(role, 'queries:readAll')} />
    </>
  );
}
