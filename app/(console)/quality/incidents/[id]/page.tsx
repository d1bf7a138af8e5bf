import type { Route } from 'next';
import Link from 'next/link';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { RelativeTime } from '@/components/ui/time';
import { can } from '@/lib/auth/permissions';
import { load, pageContext } from '@/lib/page';
import { getIncident, listAssignees } from '@/lib/quality';
import type { IncidentDetail } from '@/lib/quality/incidents/schemas';
import { routes } from '@/lib/routes';
import { IncidentState } from '../_components/incident-state';
import { subjectText } from '../_components/subject-text';
import { IncidentActions } from './_components/incident-actions';
import { IncidentCause } from './_components/incident-cause';
import { IncidentTimeline } from './_components/incident-timeline';

interface IncidentPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata() {
  const t = await getTranslations('incidents');
  return { title: t('one') };
}

export default async function IncidentPage({ params }: IncidentPageProps) {
  const { id } = await params;
  return (
    <div className="page">
      <Suspense fallback={<Skeleton lines={12} />}>
        <Incident id={decodeURIComponent(id)} />
      </Suspense>
    </div>
  );
}

async function Incident({ id }: { id: string }) {
  const t = await getTranslations('incidents');
  const tq = await getTranslations('quality');
  const result = await load(getIncident, { id });
  if (!result.ok) {
    return (
      <>
        <h1 className="text-xl">{t('one')}</h1>
        <Failure error={result.error} />
      </>
    );
  }
  const incident = result.data;
  return (
    <>
      <div className="head flex-wrap">
        <h1 className="min-w-0 break-words text-xl">{subjectText(tq, incident)}</h1>
        <IncidentState incident={incident} isPill />
        <span className="grow" />
        <LinkButton href={routes.incidents()}>{t('all')}</LinkButton>
      </div>
      <p className="muted">
        {t(`${incident.resolvedAt ? 'aboutResolved' : 'about'}.${incident.kind}`, { table: incident.table })}
      </p>
      <Panel>
        <IncidentFacts incident={incident} />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-4">
          <Panel title={t('cause')}>
            <IncidentCause incident={incident} />
          </Panel>
          <Panel title={t('timeline')}>
            <IncidentTimeline events={incident.events} table={incident.table} timeZone={await getTimeZone()} />
          </Panel>
        </div>
        <div className="grid min-w-0 gap-4">
          <Suspense fallback={<Skeleton lines={6} />}>
            <Actions incident={incident} />
          </Suspense>
          {incident.others.length > 0 && <Others incident={incident} />}
        </div>
      </div>
    </>
  );
}

async function IncidentFacts({ incident }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  const { table, openedAt, seenAt, resolvedAt, mutedUntil, occurrences, assignee } = incident;
  return (
    <Facts
      items={[
        {
          label: t('dataset'),
          value: (
            <Link className="mono" href={routes.datasetQuality(table) as Route}>
              {table}
            </Link>
          ),
        },
        { label: t('opened'), value: <RelativeTime value={openedAt} /> },
        { label: t('lastSeen'), value: <RelativeTime value={seenAt} /> },
        { label: t('seen'), value: t('times', { count: occurrences }) },
        { label: t('assignee'), value: assignee ?? t('nobody') },
        ...(resolvedAt ? [{ label: t('resolvedAt'), value: <RelativeTime value={resolvedAt} /> }] : []),
        ...(mutedUntil ? [{ label: t('mutedUntil'), value: <RelativeTime value={mutedUntil} /> }] : []),
      ]}
    />
  );
}

async function Actions({ incident }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  const { role, user } = await pageContext();
  if (!can(role, 'incidents:edit')) {
    return (
      <Panel title={t('actions')}>
        <p className="muted">{t('onlyLook')}</p>
      </Panel>
    );
  }
  const people = await load(listAssignees, undefined);
  return (
    <Panel title={t('actions')}>
      <IncidentActions incident={incident} people={people.ok ? people.data : []} me={user.email} />
    </Panel>
  );
}

async function Others({ incident }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  return (
    <Panel title={t('others')}>
      <ul className="grid gap-1">
        {incident.others.map(({ id, openedAt, resolvedAt }) => (
          <li key={id}>
            <Link href={routes.incident(id) as Route}>
              <RelativeTime value={openedAt} /> – {resolvedAt ? <RelativeTime value={resolvedAt} /> : t('states.open')}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
