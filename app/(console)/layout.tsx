import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { QueryProvider } from '@/components/query-provider';
import { AccountMenu } from '@/components/shell/account-menu';
import { Brand } from '@/components/shell/brand';
import { Crumbs } from '@/components/shell/crumbs';
import { EnvironmentChip } from '@/components/shell/environment-chip';
import { DenialDialog } from '@/components/shell/failure-toast';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { MobileMenu } from '@/components/shell/mobile-menu';
import { Navigation } from '@/components/shell/navigation';
import { ThemeMenu } from '@/components/shell/theme-menu';
import { getEnvironment } from '@/lib/aws/environment';
import { pageContext } from '@/lib/page';

/** The frame of every signed-in page. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { user, role } = await pageContext();
  const t = await getTranslations('app');
  return (
    <div className="app">
      <a href="#content" className="btn skip">
        {t('skip')}
      </a>
      <aside className="side">
        <Link className="brand" href="/">
          <Brand label={t('name')} />
        </Link>
        <Navigation />
      </aside>
      <header className="topbar">
        <span className="sm:hidden">
          <MobileMenu />
        </span>
        <Crumbs />
        <Suspense>
          <Environment />
        </Suspense>
        <span className="max-sm:hidden">
          <LanguageSwitch />
        </span>
        <ThemeMenu />
        <AccountMenu account={{ name: user.name, email: user.email, role }} />
      </header>
      <main id="content" tabIndex={-1}>
        <QueryProvider>
          <DenialDialog>{children}</DenialDialog>
        </QueryProvider>
      </main>
    </div>
  );
}

async function Environment() {
  return <EnvironmentChip environment={await getEnvironment()} />;
}
