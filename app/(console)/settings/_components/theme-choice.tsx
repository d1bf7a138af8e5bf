'use client';
import { useTranslations } from 'next-intl';
import { useTheme } from '@/components/shell/use-theme';
import { Segmented } from '@/components/ui/segmented';
import { THEMES } from '@/lib/i18n/locales';

export function ThemeChoice() {
  const t = useTranslations('theme');
  const { theme, setTheme } = useTheme();
  const options = THEMES.map((value) => ({ value, label: t(value) }));
  return <Segmented label={t('label')} value={theme} options={options} onChange={setTheme} />;
}
