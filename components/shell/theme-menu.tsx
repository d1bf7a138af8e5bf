'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { THEMES } from '@/lib/i18n/locales';
import { useTheme } from './use-theme';

const ICONS = { light: Sun, dark: Moon, system: Monitor };

export function ThemeMenu() {
  const t = useTranslations('theme');
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={<IconButton icon={ICONS[theme]} label={t('label')} />}
      items={THEMES.map((name) => ({ label: t(name), icon: ICONS[name], onSelect: () => setTheme(name) }))}
    />
  );
}
