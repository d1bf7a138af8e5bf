import './globals.css';
import '@/components/ui/tokens.css';
import '@/components/ui/kit.css';
import '@/components/shell/shell.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ZoneCookie } from '@/components/shell/zone-cookie';
import { ToastProvider } from '@/components/ui/toast';
import { THEME_COOKIE } from '@/lib/i18n/locales';

const sans = localFont({ src: '../components/ui/fonts/geist-sans.woff2', variable: '--font-geist', weight: '100 900' });
const mono = localFont({
  src: '../components/ui/fonts/geist-mono.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('tagline') };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3f6f7' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1114' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <html
      lang={await getLocale()}
      // No attribute follows the device; tokens.css has the same dark values for that.
      data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}
      className={`${sans.variable} ${mono.variable}`}
    >
      <body>
        <NextIntlClientProvider>
          <ZoneCookie />
          <ToastProvider>{children}</ToastProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
