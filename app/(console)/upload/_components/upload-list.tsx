'use client';
import { Pause, Play, Upload } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { formatBytes } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/duration';
import type { UploadItem } from './upload-item';
import { UploadRow } from './upload-row';
import type { UploadStore } from './upload-store';

interface UploadListProps {
  store: UploadStore;
  items: readonly UploadItem[];
  canKeep: boolean;
}

export function UploadList({ store, items, canKeep }: UploadListProps) {
  const t = useTranslations('upload');
  const inPhase = (...phases: string[]) => items.filter((item) => phases.includes(store.phase(item)));
  // One yes is enough for a dataset: the first of its files asks for it.
  const unconfirmed = inPhase('unconfirmed');
  const asks = unconfirmed.filter((item) => unconfirmed.find((each) => each.dataset === item.dataset) === item);
  const ready = inPhase('ready');
  const sending = inPhase('sending');
  const paused = inPhase('paused');
  const sent = inPhase('sent');
  return (
    <Panel
      isFlush
      title={t('count', { count: items.length })}
      aside={<Progress items={items} />}
      actions={
        <div className="flex flex-wrap justify-end gap-2 py-1">
          {sending.length > 1 && (
            <Button size="sm" icon={Pause} onClick={() => store.pauseAll()}>
              {t('pauseAll')}
            </Button>
          )}
          {paused.length > 1 && (
            <Button size="sm" icon={Play} onClick={() => store.resumeAll()}>
              {t('resumeAll')}
            </Button>
          )}
          {sent.length > 0 && items.length > 1 && (
            <Button size="sm" variant="ghost" onClick={() => store.clearSent()}>
              {t('clearSent')}
            </Button>
          )}
          {ready.length > 0 && (
            <Button size="sm" variant="primary" icon={Upload} onClick={() => store.sendReady()}>
              {t('send', { count: ready.length })}
            </Button>
          )}
        </div>
      }
    >
      <ul>
        {items.map((item) => (
          <UploadRow key={item.id} store={store} item={item} canKeep={canKeep} asksForContract={asks.includes(item)} />
        ))}
      </ul>
    </Panel>
  );
}

/** How much has gone in all, how fast, and for how long still. */
function Progress({ items }: { items: readonly UploadItem[] }) {
  const t = useTranslations('upload');
  const locale = useLocale();
  const begun = items.filter((item) => item.upload);
  if (begun.length === 0) return null;
  const sum = (value: (item: UploadItem) => number | undefined) =>
    begun.reduce((total, item) => total + (value(item) ?? 0), 0);
  const sent = sum((item) => item.upload?.sentBytes);
  const total = sum((item) => item.file.size);
  const speed = sum((item) => item.upload?.bytesPerSecond);
  const parts = [t('sentOf', { sent: formatBytes(sent, locale), total: formatBytes(total, locale) })];
  if (speed > 0) {
    parts.push(t('speed', { speed: formatBytes(speed, locale) }));
    parts.push(t('left', { time: formatDuration(((total - sent) / speed) * 1000, locale) }));
  }
  return parts.join(' · ');
}
