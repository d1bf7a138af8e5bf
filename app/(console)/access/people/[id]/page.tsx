import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionPanel } from '@/components/sessions/session-panel';
import { Failure } from '@/components/shell/failure';
import { KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { RelativeTime, Time } from '@/components/ui/time';
import { getPerson } from '@/lib/access';
import type { Person } from '@/lib/access/person';
import { load } from '@/lib/page';
import { listSessions } from '@/lib/sessions';
import { endSession, endSessions } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('person') };
}

export default async function PersonPage({ params }: PageProps<'/access/people/[id]'>) {
  const { id } = await params;
  const t = await getTranslations('access');
  const person = await load(getPerson, { id });
  if (!person.ok) {
    return (
      <div className="page">
        <h1 className="text-xl">{t('person')}</h1>
        <Failure error={person.error} />
      </div>
    );
  }
  const sessions = await load(listSessions, { userId: id });
  return (
    <div className="page">
      <h1 className="text-xl">{person.data.name}</h1>
      <Panel title={t('account')}>
        <Account person={person.data} />
      </Panel>
      {sessions.ok ? (
        <SessionPanel
          sessions={sessions.data}
          person={{ id, name: person.data.name }}
          endSession={endSession}
          endSessions={endSessions}
        />
      ) : (
        <Failure error={sessions.error} />
      )}
    </div>
  );
}

async function Account({ person }: { person: Person }) {
  const t = await getTranslations('access');
  const roles = await getTranslations('roles');
  const ways = await getTranslations('sessions.ways');
  const { email, role, isActive, createdAt, lastSignInAt } = person;
  return (
    <KeyValue
      items={[
        { label: t('email'), value: email },
        { label: t('role'), value: roles(role) },
        {
          label: t('state'),
          value: <State state={isActive ? 'succeeded' : 'stopped'}>{t(isActive ? 'active' : 'inactive')}</State>,
        },
        { label: t('ways'), value: person.ways.map((way) => ways(way)).join(', ') || t('never') },
        { label: t('since'), value: <Time value={createdAt} /> },
        { label: t('lastSignIn'), value: lastSignInAt ? <RelativeTime value={lastSignInAt} /> : t('never') },
      ]}
    />
  );
}
