'use client';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { LOCALE_COOKIE, LOCALES, type Locale } from '@/lib/i18n/locales';
import { keepPreference } from './keep-preference';

/** EN or FR, in place: the page stays where it is. */
export function LanguageSwitch() {
  const t = useTranslations('language');
  const current = useLocale();
  const router = useRouter();
  const [, startTransition] = useTransition();
  const choose = (locale: Locale) => {
    keepPreference(LOCALE_COOKIE, locale);
    startTransition(() => router.refresh());
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as an inline control in every browser.
    <div className="lang" role="group" aria-label={t('label')}>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          title={t(locale)}
          onClick={() => choose(locale)}
        >
          {locale.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
