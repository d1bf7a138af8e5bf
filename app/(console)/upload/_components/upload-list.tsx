'use client';
import { Pause, Play, Upload, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { formatBytes } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/duration';
import { Destination } from './destination';
import { type Phase, phaseOf, type UploadItem } from './upload-item';
import { UploadRows } from './upload-rows';
import type { UploadStore } from './upload-store';

interface UploadListProps {
  store: UploadStore;
  items: readonly UploadItem[];
  bucket: string;
  canKeep: boolean;
}

export function UploadList({ store, items, bucket, canKeep }: UploadListProps) {
  const t = useTranslations('upload');
  const inPhase = Map.groupBy(items, phaseOf);
  const undecided = items.filter((item) => !item.upload && !item.isQueued);
  return (
    <Panel
      isFlush
      title={t('count', { count: items.length })}
      aside={<Progress items={items} />}
      actions={<ListActions store={store} total={items.length} inPhase={inPhase} />}
    >
      {undecided.length > 0 && <Destination store={store} items={undecided} bucket={bucket} />}
      <UploadRows store={store} items={items} bucket={bucket} canKeep={canKeep} />
    </Panel>
  );
}

interface ListActionsProps {
  store: UploadStore;
  total: number;
  inPhase: ReadonlyMap<Phase, readonly UploadItem[]>;
}

function ListActions({ store, total, inPhase }: ListActionsProps) {
  const t = useTranslations('upload');
  const count = (...phases: Phase[]) => phases.reduce((sum, phase) => sum + (inPhase.get(phase)?.length ?? 0), 0);
  const [moving, stopped] = [count('sending', 'queued'), count('paused', 'failed')];
  return (
    <div className="flex flex-wrap justify-end gap-2 py-1">
      {moving > 1 && (
        <Button size="sm" icon={Pause} onClick={() => store.pauseAll()}>
          {t('pauseAll')}
        </Button>
      )}
      {stopped > 1 && (
        <Button size="sm" icon={Play} onClick={() => store.resumeAll()}>
          {t('resumeAll')}
        </Button>
      )}
      {moving + stopped > 1 && (
        <Button size="sm" icon={X} onClick={() => void store.cancelAll()}>
          {t('cancelAll')}
        </Button>
      )}
      {count('twin') > 1 && (
        <Button size="sm" onClick={() => void store.skipTwins()}>
          {t('skipTwins', { count: count('twin') })}
        </Button>
      )}
      {count('sent') > 0 && total > 1 && (
        <Button size="sm" variant="ghost" onClick={() => store.clearSent()}>
          {t('clearSent')}
        </Button>
      )}
      {count('ready') > 0 && (
        <Button size="sm" variant="primary" icon={Upload} onClick={() => store.sendReady()}>
          {t('send', { count: count('ready') })}
        </Button>
      )}
    </div>
  );
}

/** How much has gone in all, how fast, and for how long still. */
function Progress({ items }: { items: readonly UploadItem[] }) {
  const t = useTranslations('upload');
  const locale = useLocale();
  const begun = items.filter((item) => item.upload || item.isQueued);
  if (begun.length === 0) return null;
  const sum = (value: (item: UploadItem) => number | undefined) =>
    begun.reduce((total, item) => total + (value(item) ?? 0), 0);
  const sent = sum((item) => item.upload?.sentBytes);
  const total = sum((item) => item.file.size);
  const speed = sum((item) => item.upload?.bytesPerSecond);
  const arrived = begun.filter((item) => item.upload?.status === 'sent').length;
  const parts = [
    t('arrived', { arrived, count: begun.length }),
    t('sentOf', { sent: formatBytes(sent, locale), total: formatBytes(total, locale) }),
  ];
  if (speed > 0) {
    parts.push(t('speed', { speed: formatBytes(speed, locale) }));
    parts.push(t('left', { time: formatDuration(((total - sent) / speed) * 1000, locale) }));
  }
  return parts.join(' · ');
}
