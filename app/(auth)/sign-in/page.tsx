import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { findContext } from '@/lib/auth/context';
import { waysIn } from '@/lib/auth/ways-in';
import { safeCallback } from '@/lib/routes';
import { AuthFrame } from '../_components/auth-frame';
import { ProviderButton } from '../_components/provider-button';
import { SignInForm } from './_components/sign-in-form';
import { SearchParams } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl } = SearchParams.parse(await searchParams);
  const target = safeCallback(callbackUrl);
  if (await findContext()) redirect(target as Route);
  const t = await getTranslations('signIn');
  const { provider, passwords, needsAdministrator, home } = await waysIn();
  return (
    <AuthFrame>
      <div>
        <h1 className="text-xl">{t('title')}</h1>
        <p className="muted">{t('subtitle')}</p>
      </div>
      {needsAdministrator && <p className="muted text-xs">{t('firstTime')}</p>}
      {provider && <ProviderButton name={provider} target={target} home={home} />}
      {provider && passwords !== 'no' && (
        <div className="or">{t(passwords === 'administrators' ? 'orAdministrators' : 'or')}</div>
      )}
      {passwords !== 'no' && <SignInForm target={target} isSecond={provider !== undefined} />}
    </AuthFrame>
  );
}
