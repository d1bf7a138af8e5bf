'use client';
import { FileUp, Play, Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import { State } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import { formatBytes } from '@/lib/format/bytes';
import { pickedFiles } from './dropped-files';
import type { Unfinished } from './unfinished';
import styles from './upload-desk.module.css';
import type { UnfinishedTrouble, useUnfinished } from './use-unfinished';

interface UnfinishedListProps {
  unfinished: ReturnType<typeof useUnfinished>;
  bucket: string;
}

/** What was cut off when a tab was closed or a line broke: it goes on from here, and nothing is sent twice. */
export function UnfinishedList({ unfinished, bucket }: UnfinishedListProps) {
  const t = useTranslations('upload.unfinished');
  const handled = unfinished.list.filter((one) => one.record?.handle);
  const resumeAll = async () => {
    // One after another: the browser asks for leave once for each.
    for (const one of handled) await unfinished.resume(one);
  };
  return (
    <Panel
      isFlush
      title={t('title')}
      aside={t('count', { count: unfinished.list.length })}
      actions={
        handled.length > 1 && (
          <Button size="sm" icon={Play} onClick={resumeAll}>
            {t('resumeAll', { count: handled.length })}
          </Button>
        )
      }
    >
      <ul>
        {unfinished.list.map((one) => (
          <UnfinishedRow key={one.id} one={one} bucket={bucket} unfinished={unfinished} />
        ))}
      </ul>
    </Panel>
  );
}

function UnfinishedRow({ one, bucket, unfinished }: UnfinishedListProps & { one: Unfinished }) {
  const t = useTranslations('upload.unfinished');
  const input = useRef<HTMLInputElement>(null);
  const [isPending, start] = useTransition();
  const trouble = unfinished.troubles.get(one.id);
  // A handle that led nowhere is of no use: then the file is chosen again.
  const byHandle = one.record?.handle && trouble !== 'unreachable';
  return (
    <li className="border-line border-b last:border-b-0" aria-label={one.key}>
      <div className={styles.unfinished}>
        <div className="min-w-0">
          <div className="truncate font-medium" title={one.name}>
            {one.name}
          </div>
          <div className="faint mono break-all text-xs">{`s3://${bucket}/${one.key}`}</div>
        </div>
        <HowFar one={one} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            size="sm"
            icon={byHandle ? Play : FileUp}
            isPending={isPending}
            onClick={() => (byHandle ? start(() => unfinished.resume(one)) : input.current?.click())}
          >
            {byHandle ? t('resume') : t('chooseAndResume')}
          </Button>
          <Button size="sm" variant="ghost" icon={Trash2} onClick={() => start(() => unfinished.discard(one))}>
            {t('discard')}
          </Button>
          <input
            ref={input}
            type="file"
            className="sr-only"
            tabIndex={-1}
            aria-label={t('chooseAgain', { file: one.name })}
            onChange={(event) => {
              const [file] = pickedFiles(event.target.files).files;
              if (file) unfinished.takeUp(one, file);
              event.target.value = '';
            }}
          />
        </div>
      </div>
      {trouble && (
        <p className="px-4 pb-2 text-failed text-xs" role="alert">
          <Trouble trouble={trouble} one={one} />
        </p>
      )}
    </li>
  );
}

function HowFar({ one }: { one: Unfinished }) {
  const t = useTranslations('upload.unfinished');
  const locale = useLocale();
  const total = one.record?.sizeBytes;
  const there = one.open?.sizeBytes ?? 0;
  const said = total
    ? t('thereOf', { there: formatBytes(there, locale), total: formatBytes(total, locale) })
    : t('there', { there: formatBytes(there, locale), parts: one.open?.partCount ?? 0 });
  return (
    <div className="min-w-0">
      {total !== undefined && one.open ? (
        <ProgressBar label={t('progressOf', { file: one.name })} share={total ? there / total : 0} state="waiting" />
      ) : (
        <State state="waiting">{one.open ? t('elsewhere') : one.record?.begun ? t('forgotten') : t('notBegun')}</State>
      )}
      <div className="muted mt-1 text-xs">
        {said} · <RelativeTime value={one.open?.begunAt ?? one.at} />
      </div>
    </div>
  );
}

function Trouble({ trouble, one }: { trouble: UnfinishedTrouble; one: Unfinished }) {
  const t = useTranslations('upload.unfinished');
  const locale = useLocale();
  if (typeof trouble === 'object') return trouble.said;
  const size = one.record ? formatBytes(one.record.sizeBytes, locale) : formatBytes(one.open?.sizeBytes, locale);
  return t(`trouble.${trouble}`, { file: one.name, size });
}
