import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { listPeople } from '@/lib/access';
import { requirePermission } from '@/lib/auth';
import { load } from '@/lib/page';
import { AuditTabs } from './_components/audit-tabs';
import { CallsUntil } from './_components/calls-until';
import { TrailView } from './_components/trail-view';
import { AuditSearch } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const t = await getTranslations('audit');
  const search = AuditSearch.parse(await searchParams);
  const people = await load(async (ctx, input: Record<string, never>) => {
    requirePermission(ctx, 'audit:read');
    return (await listPeople(ctx, input)).map(({ email }) => email);
  }, {});
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      {people.ok ? (
        <>
          <AuditTabs current={search.source} />
          {search.source === 'aws' && (
            <Suspense>
              <CallsUntil />
            </Suspense>
          )}
          {/* Another half of the trail begins anew: its filters are others. */}
          <TrailView key={search.source} first={search} people={people.data} />
        </>
      ) : (
        <Failure error={people.error} />
      )}
    </div>
  );
}
