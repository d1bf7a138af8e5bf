'use client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/table/json-view';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import type { ObservedAccess } from '@/lib/access/observed/schemas';

/** The least policy that lets the role do again what it did: to read, to copy, to take along. */
export function MinimalPolicy({ observed, minimal }: { observed: ObservedAccess; minimal: string }) {
  const t = useTranslations('access.observed');
  const { roleName, days, sizes } = observed;
  const fileName = `${roleName}-${days}-days.json`;
  const save = () => {
    const url = URL.createObjectURL(new Blob([minimal], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Panel
      isFlush
      title={t('minimal')}
      aside={t('sizes', sizes)}
      actions={
        <>
          <CopyButton text={minimal} label={t('copy')} />
          <Button size="sm" variant="ghost" icon={Download} onClick={save}>
            {t('download')}
          </Button>
        </>
      }
    >
      <p className="muted px-4 pt-3 text-xs">{t('minimalNote')}</p>
      <JsonView label={fileName} text={minimal} />
    </Panel>
  );
}
