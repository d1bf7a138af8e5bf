'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Time } from '@/components/ui/time';
import type { FileTimeline, TimelineEntry } from '@/lib/versions/schemas';
import { Downstream, downstreamOptions } from './downstream';
import type { RestoreState } from './use-restore';

interface RestoreDialogProps {
  file: FileTimeline;
  entry: TimelineEntry;
  restore: RestoreState;
  onClose: () => void;
}

/** Lists what a restore changes, where that is more than the file; else it is done at once, since it can be undone. */
export function RestoreDialog({ file, entry, restore, onClose }: RestoreDialogProps) {
  const t = useTranslations('versions.confirm');
  const { data, isSuccess, isError } = useQuery({ ...downstreamOptions(file.key), enabled: file.zone === 'raw' });
  const changesTables = data?.some((dataset) => dataset.tables.length > 0);
  const isPlain = file.zone !== 'raw' || (isSuccess && !changesTables);
  const confirm = () => {
    restore.run({ versionId: entry.versionId, at: entry.at });
    onClose();
  };
  const confirmNow = useEffectEvent(confirm);
  useEffect(() => {
    if (isPlain) confirmNow();
  }, [isPlain]);
  if (isPlain) return null;
  const rowsNow = file.current?.kind === 'version' ? file.current.run?.rows : 0;
  return (
    <Dialog
      isOpen={changesTables === true || isError}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        <>
          {t('title')} <Time value={entry.at} withSeconds />
        </>
      }
      description={t('body')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" onClick={confirm}>
            {t('do')}
          </Button>
        </>
      }
    >
      <Downstream fileKey={file.key} rows={{ before: rowsNow, after: entry.run?.rows }} />
    </Dialog>
  );
}
