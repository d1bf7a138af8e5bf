import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/shell/brand';
import { LakeChart } from '@/components/shell/lake-chart';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { ThemeMenu } from '@/components/shell/theme-menu';
import { findContext } from '@/lib/auth/context';
import { safeCallback } from '@/lib/routes';
import { SignInForm } from './_components/sign-in-form';
import { SearchParams } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl } = SearchParams.parse(await searchParams);
  const target = safeCallback(callbackUrl);
  if (await findContext()) redirect(target as Route);
  const t = await getTranslations();
  return (
    <div className="signin">
      <main className="flex flex-col p-8 max-sm:p-4" id="content">
        <div className="brand !p-0">
          <Brand label={t('app.name')} />
        </div>
        <SignInForm target={target} />
        <div className="flex items-center justify-between">
          <LanguageSwitch />
          <ThemeMenu />
        </div>
      </main>
      <LakeChart />
    </div>
  );
}
