'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { type PartState, PartsBar } from '@/components/ui/progress';
import type { StateName } from '@/components/ui/state';
import { formatBytes } from '@/lib/format/bytes';
import { formatDuration } from '@/lib/format/duration';
import { routes } from '@/lib/routes';
import type { UploadSnapshot } from '@/lib/storage/multipart-upload';
import type { Phase, UploadItem } from './upload-item';

const tone: Partial<Record<Phase, StateName>> = {
  sending: 'running',
  paused: 'waiting',
  failed: 'failed',
  sent: 'succeeded',
};
const partStates: Record<UploadSnapshot['parts'][number], PartState> = {
  waiting: 'todo',
  sending: 'moving',
  done: 'done',
  failed: 'broken',
};

export function RowProgress({ item, phase }: { item: UploadItem; phase: Phase }) {
  const t = useTranslations('upload');
  const parts = item.upload?.parts ?? [];
  return (
    <div className="min-w-0">
      <PartsBar
        label={t('progressOf', { file: item.path })}
        parts={parts.length > 0 ? parts.map((part) => partStates[part]) : ['todo']}
        state={tone[phase]}
      />
      <div className="muted mt-1 truncate text-xs">
        <ProgressText item={item} phase={phase} />
      </div>
    </div>
  );
}

function ProgressText({ item, phase }: { item: UploadItem; phase: Phase }) {
  const t = useTranslations('upload');
  const locale = useLocale();
  const { upload, runId } = item;
  if (phase === 'sent') {
    return runId ? <Link href={routes.run(runId) as Route}>{t('seeRun')}</Link> : t('waitingForRun');
  }
  if (!upload) return null;
  if (phase === 'sending' && upload.sentBytes === upload.totalBytes && upload.parts.length > 0) return t('checking');
  const said = [
    t('sentOf', { sent: formatBytes(upload.sentBytes, locale), total: formatBytes(upload.totalBytes, locale) }),
  ];
  if (upload.bytesPerSecond) said.push(t('speed', { speed: formatBytes(upload.bytesPerSecond, locale) }));
  if (upload.secondsLeft) said.push(t('left', { time: formatDuration(upload.secondsLeft * 1000, locale) }));
  return said.join(' · ');
}
