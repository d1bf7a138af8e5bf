import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Brand } from '@/components/shell/brand';
import { LakeChart } from '@/components/shell/lake-chart';
import { LanguageSwitch } from '@/components/shell/language-switch';
import { ThemeMenu } from '@/components/shell/theme-menu';

/** The frame of the pages on the way in; `children` stand in one column, narrow where it is a form. */
export async function AuthFrame({ isWide, children }: { isWide?: boolean; children: ReactNode }) {
  const t = await getTranslations('app');
  return (
    <div className="signin">
      <main className="flex min-w-0 flex-col p-8 max-sm:p-4" id="content">
        <div className="brand !p-0">
          <Brand label={t('name')} />
        </div>
        <div className={isWide ? 'box wide' : 'box'}>{children}</div>
        <div className="flex items-center justify-between">
          <LanguageSwitch />
          <ThemeMenu />
        </div>
      </main>
      <LakeChart />
    </div>
  );
}
