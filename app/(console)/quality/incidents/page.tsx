import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { load } from '@/lib/page';
import { listIncidents } from '@/lib/quality';
import { IncidentFilter } from '@/lib/quality/incidents/schemas';
import { routes } from '@/lib/routes';
import { IncidentTable } from './_components/incident-table';
import { IncidentsSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('incidents');
  return { title: t('title') };
}

interface IncidentsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function IncidentsPage({ searchParams }: IncidentsPageProps) {
  const t = await getTranslations('incidents');
  const { show, table } = IncidentsSearch.parse(await searchParams);
  return (
    <div className="page">
      <div className="head flex-wrap">
        <h1 className="text-xl">{table ? t('titleOf', { table }) : t('title')}</h1>
        <span className="grow" />
        <nav className="seg" aria-label={t('filter')}>
          {IncidentFilter.options.map((each) => (
            <Link
              key={each}
              href={routes.incidents({ show: each, ...(table ? { table } : {}) }) as Route}
              className={each === show ? 'on' : undefined}
              aria-current={each === show ? 'true' : undefined}
            >
              {t(`show.${each}`)}
            </Link>
          ))}
        </nav>
      </div>
      <p className="muted">{t('lead')}</p>
      <Suspense
        key={show}
        fallback={
          <Panel>
            <Skeleton lines={8} />
          </Panel>
        }
      >
        <Incidents show={show} table={table} />
      </Suspense>
    </div>
  );
}

async function Incidents({ show, table }: { show: IncidentFilter; table: string | undefined }) {
  const t = await getTranslations('incidents');
  const result = await load(listIncidents, { show, table });
  if (!result.ok) return <Failure error={result.error} />;
  if (result.data.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t(`empty.${show}`)}
          body={t('empty.body')}
          actions={<LinkButton href={routes.quality()}>{t('empty.action')}</LinkButton>}
        />
      </Panel>
    );
  }
  return (
    <Panel isFlush title={t(`show.${show}`)} aside={t('count', { count: result.data.length })}>
      <IncidentTable incidents={result.data} />
    </Panel>
  );
}
