import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { compareProfiles, getProfileState, listProfiles } from '@/lib/quality/profile';
import { ComparePicker } from './_components/compare-picker';
import { Comparison } from './_components/comparison';
import { CorrelationMatrix } from './_components/correlation-matrix';
import { ProfileColumns } from './_components/profile-columns';
import { ProfileControl } from './_components/profile-control';
import { ProfileFacts } from './_components/profile-facts';
import { ProfileSearch } from './search-params';

interface ProfilePageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: ProfilePageProps) {
  const t = await getTranslations('profile');
  return { title: t('pageTitle', { table: decodeURIComponent((await params).name) }) };
}

export default async function ProfilePage({ params, searchParams }: ProfilePageProps) {
  const table = decodeURIComponent((await params).name);
  const { from, to } = ProfileSearch.parse(await searchParams);
  return (
    <div className="page">
      <Suspense
        key={`${from} ${to}`}
        fallback={
          <Panel>
            <Skeleton lines={12} />
          </Panel>
        }
      >
        {from && to ? <Compared table={table} from={from} to={to} /> : <Latest table={table} />}
      </Suspense>
    </div>
  );
}

async function Latest({ table }: { table: string }) {
  const [state, list, { role }] = await Promise.all([
    load(getProfileState, { table }),
    load(listProfiles, { table }),
    pageContext(),
  ]);
  if (!state.ok) return <Failure error={state.error} />;
  const { profile, run, isStale } = state.data;
  const known = list.ok ? list.data.map(({ profiledAt }) => profiledAt) : [];
  return (
    <>
      <ProfileControl
        table={table}
        run={run}
        last={profile}
        isStale={isStale ?? false}
        mayProfile={can(role, 'quality:check')}
        picker={profile && known.length > 1 && <ComparePicker table={table} known={known} to={profile.profiledAt} />}
      />
      {profile && (
        <>
          <ProfileFacts profile={profile} />
          <ProfileColumns profile={profile} />
          {profile.correlations.length > 0 && <CorrelationMatrix correlations={profile.correlations} />}
        </>
      )}
    </>
  );
}

async function Compared({ table, from, to }: { table: string; from: string; to: string }) {
  const [comparison, list] = await Promise.all([
    load(compareProfiles, { table, from, to }),
    load(listProfiles, { table }),
  ]);
  if (!comparison.ok) return <Failure error={comparison.error} />;
  const known = list.ok ? list.data.map(({ profiledAt }) => profiledAt) : [];
  return <Comparison table={table} comparison={comparison.data} known={known} />;
}
