import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { RelativeTime } from '@/components/ui/time';
import { listFindings } from '@/lib/access';
import { type Findings, type FoundFinding, OBSERVED_DAYS_MIN } from '@/lib/access/findings/schemas';
import { load } from '@/lib/page';
import { AcceptedList } from './_components/accepted-list';
import { FindingCard } from './_components/finding-card';
import { FindingFilters } from './_components/finding-filters';
import { LookAgain } from './_components/look-again';
import { FindingsSearch } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access.findings'))('title') };
}

interface FindingsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What is wrong in the policies of the lake, and the smaller policies that would do. */
export default async function FindingsPage({ searchParams }: FindingsPageProps) {
  const t = await getTranslations('access.findings');
  const search = FindingsSearch.parse(await searchParams);
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        <LookAgain search={search} />
      </div>
      <p className="muted max-w-[90ch]">{t('lead')}</p>
      <Suspense key={JSON.stringify(search)} fallback={<Skeleton lines={12} />}>
        <Found search={search} />
      </Suspense>
    </div>
  );
}

async function Found({ search }: { search: FindingsSearch }) {
  const result = await load(listFindings, { since: search.since ?? 0 });
  if (!result.ok) return <Failure error={result.error} />;
  const { findings } = result.data;
  const open = findings.filter(({ acceptance }) => !acceptance);
  const shown = open.filter((finding) => isWanted(finding, search));
  return (
    <>
      <FindingFilters findings={open} search={search} />
      <Looked findings={result.data} isEmpty={open.length === 0} />
      {open.length > 0 && shown.length === 0 && <NoMatch />}
      {shown.map((finding) => (
        <FindingCard key={finding.key} finding={finding} />
      ))}
      <AcceptedList findings={findings.filter(({ acceptance }) => acceptance)} />
    </>
  );
}

function isWanted({ severity, roleName, document, code }: FoundFinding, search: FindingsSearch): boolean {
  return (
    (!search.severity || severity === search.severity) &&
    (!search.role || (roleName ?? document) === search.role) &&
    (!search.kind || code === search.kind)
  );
}

async function NoMatch() {
  const t = await getTranslations('access.findings');
  return <p className="muted">{t('noMatch')}</p>;
}

/** What was looked at and when; that nothing was found is only worth something with it. */
async function Looked({ findings, isEmpty }: { findings: Findings; isEmpty: boolean }) {
  const t = await getTranslations('access.findings');
  const { lookedAt, policies, roles, unread, hasObserved } = findings;
  const looked = t.rich('looked', { policies, roles: roles.length, when: () => <RelativeTime value={lookedAt} /> });
  const left = unread.map(({ name, roleName }) => [roleName, name].filter(Boolean).join(': ')).join(', ');
  return (
    <>
      {isEmpty ? <EmptyState title={t('nothing')} body={looked} /> : <p className="muted text-xs">{looked}</p>}
      {!hasObserved && <p className="muted text-xs">{t('notObserved', { days: OBSERVED_DAYS_MIN })}</p>}
      {left && (
        <p role="note" className="text-waiting text-xs">
          {t('unread', { policies: left })}
        </p>
      )}
    </>
  );
}
