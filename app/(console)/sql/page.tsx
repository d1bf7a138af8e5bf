import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { listTables } from '@/lib/catalog';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';
import { load, pageContext } from '@/lib/page';
import type { OpenedLink } from './_components/use-open-links';
import { Workbench } from './_components/workbench';
import { SqlSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('sql');
  return { title: t('title') };
}

interface SqlPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SqlPage({ searchParams }: SqlPageProps) {
  const { query, ...link } = SqlSearch.parse(await searchParams);
  return (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={12} />
        </div>
      }
    >
      <LoadedWorkbench query={query} link={link} />
    </Suspense>
  );
}

async function LoadedWorkbench({ query, link }: { query: string | undefined; link: OpenedLink }) {
  const t = await getTranslations('sql');
  const catalog = await load(async (ctx) => {
    requirePermission(ctx, 'queries:run');
    const { database } = await getLake();
    return listTables(ctx, { database });
  }, undefined);
  if (!catalog.ok) {
    return (
      <div className="page">
        <h1 className="text-xl">{t('title')}</h1>
        <Failure error={catalog.error} />
      </div>
    );
  }
  const { user } = await pageContext();
  return (
    <Workbench
      person={user.id}
      tables={catalog.data}
      firstText={firstStatement(catalog.data.tables[0]?.name)}
      query={query}
      link={link}
    />
  );
}

/** A newcomer's editor is not empty: it holds something that works. */
function firstStatement(table: string | undefined): string {
  return table ? `SELECT *\nFROM ${quoteName(table)}\nLIMIT 100` : 'SELECT 1';
}
