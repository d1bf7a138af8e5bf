import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { listRoles, observeAccess } from '@/lib/access';
import { load } from '@/lib/page';
import { Difference } from './_components/difference';
import { MinimalPolicy } from './_components/minimal-policy';
import { ObservedCalls } from './_components/observed-calls';
import { ObservedForm } from './_components/observed-form';
import { ObservedSearch } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access.observed'))('title') };
}

interface ObservedPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What a role really asks for, and the policy that would do. */
export default async function ObservedPage({ searchParams }: ObservedPageProps) {
  const t = await getTranslations('access.observed');
  const search = ObservedSearch.parse(await searchParams);
  const roles = await load(listRoles, {});
  if (!roles.ok) {
    return (
      <div className="page">
        <Failure error={roles.error} />
      </div>
    );
  }
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
      </div>
      <p className="muted max-w-[90ch]">{t('lead')}</p>
      <ObservedForm roles={roles.data.map(({ roleName }) => roleName)} search={search} />
      {search.role ? (
        <Suspense key={`${search.role} ${search.days}`} fallback={<Skeleton lines={12} />}>
          <Observed role={search.role} days={search.days} />
        </Suspense>
      ) : (
        <EmptyState title={t('choose')} body={t('chooseBody')} />
      )}
    </div>
  );
}

async function Observed({ role, days }: Required<ObservedSearch>) {
  const t = await getTranslations('access.observed');
  const result = await load(observeAccess, { roleName: role, days });
  if (!result.ok) return <Failure error={result.error} />;
  const observed = result.data;
  const { calls, minimal, covered } = observed;
  return (
    <>
      <p className="muted text-xs">
        {covered
          ? t.rich('covers', { from: () => <Time value={covered.from} />, to: () => <Time value={covered.to} /> })
          : t('coversNothing')}
      </p>
      {calls.length === 0 ? (
        <EmptyState title={t('empty', { role })} body={t('emptyBody', { days })} />
      ) : (
        <ObservedCalls calls={calls} />
      )}
      {minimal && <MinimalPolicy observed={observed} minimal={minimal} />}
      {calls.length > 0 && <Difference observed={observed} />}
    </>
  );
}
