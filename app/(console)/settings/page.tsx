import type { Metadata } from 'next';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { SessionPanel } from '@/components/sessions/session-panel';
import { Failure } from '@/components/shell/failure';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { getAccount } from '@/lib/access';
import { load, pageContext } from '@/lib/page';
import { listSessions } from '@/lib/sessions';
import { PasswordForm } from './_components/password-form';
import { ThemeChoice } from './_components/theme-choice';
import { endSession, endSessions } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsPage() {
  const { user, role } = await pageContext();
  const t = await getTranslations('settings');
  const roles = await getTranslations('roles');
  const ways = await getTranslations('sessions.ways');
  const [account, sessions] = await Promise.all([load(getAccount, {}), load(listSessions, {})]);
  return (
    <div className="page max-w-[960px]">
      <h1 className="text-xl">{t('title')}</h1>
      <Panel title={t('account')}>
        <KeyValue
          items={[
            { label: t('name'), value: user.name },
            { label: t('email'), value: user.email },
            { label: t('role'), value: roles(role) },
            ...(account.ok ? [{ label: t('ways'), value: account.data.ways.map((way) => ways(way)).join(', ') }] : []),
          ]}
        />
      </Panel>
      <Panel title={t('appearance')} aside={t('appearanceHint')}>
        <KeyValue
          items={[
            { label: t('language'), value: <LanguageSwitch /> },
            { label: t('theme'), value: <ThemeChoice /> },
            { label: t('zone'), value: await getTimeZone() },
          ]}
        />
      </Panel>
      {account.ok && account.data.hasPassword && (
        <Panel title={t('password')}>
          <PasswordForm />
        </Panel>
      )}
      {sessions.ok ? (
        <SessionPanel sessions={sessions.data} endSession={endSession} endSessions={endSessions} />
      ) : (
        <Failure error={sessions.error} />
      )}
    </div>
  );
}
