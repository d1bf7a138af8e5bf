import type { Metadata } from 'next';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/page';
import { PasswordForm } from './_components/password-form';
import { ThemeChoice } from './_components/theme-choice';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsPage() {
  const { user, role } = await pageContext();
  const t = await getTranslations('settings');
  const roles = await getTranslations('roles');
  return (
    <div className="page max-w-[720px]">
      <h1 className="text-xl">{t('title')}</h1>
      <Panel title={t('account')}>
        <KeyValue
          items={[
            { label: t('name'), value: user.name },
            { label: t('email'), value: user.email },
            { label: t('role'), value: roles(role) },
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
      <Panel title={t('password')}>
        <PasswordForm />
      </Panel>
    </div>
  );
}
