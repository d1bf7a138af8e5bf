'use client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { FORMATS } from '@/lib/audit/schemas';
import type { AuditSearch } from '../search-params';
import { exportAddress } from './trail-options';

/** All that fits the filters as a file: the browser saves what comes while it comes. */
export function ExportTrail({ search }: { search: AuditSearch }) {
  const t = useTranslations('audit');
  const save = (address: string) => window.location.assign(address);
  return (
    <Menu
      trigger={
        <Button size="sm" icon={Download}>
          {t('export')}
        </Button>
      }
      header={<span className="faint text-xs">{t('exportHint')}</span>}
      items={FORMATS.map((format) => ({
        label: t(`formats.${format}`),
        onSelect: () => save(exportAddress(search, format)),
      }))}
    />
  );
}
