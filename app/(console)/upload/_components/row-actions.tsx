'use client';
import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, IconButton } from '@/components/ui/button';
import type { Phase, UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';

export function RowActions({ store, item, phase }: { store: UploadStore; item: UploadItem; phase: Phase }) {
  const t = useTranslations('upload');
  return (
    <span className="flex justify-end gap-0.5">
      {phase === 'ready' && (
        <Button size="sm" onClick={() => store.send(item.id)}>
          {t('sendOne')}
        </Button>
      )}
      {(phase === 'sending' || phase === 'queued') && (
        <IconButton size="sm" icon={Pause} label={t('pause')} onClick={() => store.pause(item.id)} />
      )}
      {phase === 'paused' && (
        <IconButton size="sm" icon={Play} label={t('resume')} onClick={() => store.send(item.id)} />
      )}
      {phase === 'failed' && (
        <Button size="sm" icon={RotateCcw} onClick={() => store.send(item.id)}>
          {t('retry')}
        </Button>
      )}
      <IconButton
        size="sm"
        icon={X}
        label={
          phase === 'sending' || phase === 'paused' || phase === 'queued'
            ? t('cancel', { file: item.path })
            : t('remove', { file: item.path })
        }
        onClick={() => void store.remove(item.id)}
      />
    </span>
  );
}
