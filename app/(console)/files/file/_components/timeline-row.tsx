'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { State } from '@/components/ui/state';
import { Tag } from '@/components/ui/tag';
import { Time } from '@/components/ui/time';
import { formatBytes } from '@/lib/format/bytes';
import { routes } from '@/lib/routes';
import { shortRunId } from '@/lib/runs/run-name';
import type { FileTimeline, TimelineEntry, VersionRun } from '@/lib/versions/schemas';
import type { May } from './file-view';
import { RowActions } from './row-actions';
import { Who } from './who';

interface TimelineRowProps {
  file: FileTimeline;
  entry: TimelineEntry;
  /** Its own page is open. */
  isShown: boolean;
  may: May;
  isPicked: boolean;
  onPick: (isPicked: boolean) => void;
  onRestore: () => void;
}

export function TimelineRow({ file, entry, isShown, may, isPicked, onPick, onRestore }: TimelineRowProps) {
  const t = useTranslations('versions');
  const { zone, key } = file;
  const { versionId, at, kind } = entry;
  return (
    <tr className={isShown ? 'sel' : undefined} aria-current={isShown || undefined}>
      <td>
        <span className="inline-flex items-center gap-2">
          {may.download && kind === 'version' ? (
            <label className="check">
              <input type="checkbox" checked={isPicked} onChange={(event) => onPick(event.target.checked)} />
              <span className="sr-only">
                {t('pick')} <Time value={at} withSeconds />
              </span>
            </label>
          ) : (
            <span className="w-3.5" />
          )}
          <Link href={routes.file({ zone, key, version: versionId }) as Route}>
            <Time value={at} withSeconds />
          </Link>
        </span>
      </td>
      <td>
        <What file={file} entry={entry} />
      </td>
      <td className="max-w-56 overflow-hidden text-ellipsis">
        <Who entry={entry} isShort />
      </td>
      <td className="num">
        {kind === 'deletion' ? '–' : <Bytes value={entry.sizeBytes} />} <Delta value={entry.sizeDelta} />
      </td>
      <td>{entry.run ? <RunOf run={entry.run} /> : <span className="faint">–</span>}</td>
      <td className="num">
        <RowActions file={file} entry={entry} may={may} onRestore={onRestore} />
      </td>
    </tr>
  );
}

function What({ file, entry }: Pick<TimelineRowProps, 'file' | 'entry'>) {
  const t = useTranslations('versions.kind');
  const { kind, writer, movedTo, isCurrent } = entry;
  const { zone, key } = file;
  if (kind === 'deletion') return <State state="stopped">{t('deleted')}</State>;
  if (movedTo) {
    return (
      <Link href={routes.file({ zone: movedTo.zone, key: movedTo.key, version: movedTo.versionId }) as Route}>
        {t('moved')}
      </Link>
    );
  }
  return (
    <span className="inline-flex items-center gap-2">
      {writer?.fromVersionId ? (
        <Link href={routes.file({ zone, key, version: writer.fromVersionId }) as Route}>{t('restored')}</Link>
      ) : (
        t(entry.source ? (zone === 'processed' ? 'rows' : 'quarantined') : 'written')
      )}
      {isCurrent && <Tag isOn>{t('current')}</Tag>}
    </span>
  );
}

/** How much larger or smaller than the version before; nothing where it is as large. */
function Delta({ value }: { value: number | undefined }) {
  const locale = useLocale();
  if (!value) return null;
  return <span className="faint text-xs">{`${value > 0 ? '+' : ''}${formatBytes(value, locale)}`}</span>;
}

function RunOf({ run }: { run: VersionRun }) {
  const t = useTranslations();
  return (
    <span className="inline-flex items-center gap-2">
      {run.state && <State state={run.state}>{t(`states.${run.state}`)}</State>}
      <Link
        className="mono"
        href={routes.run(run.id) as Route}
        aria-label={t('versions.run', { id: shortRunId(run.id) })}
      >
        {shortRunId(run.id)}
      </Link>
      {run.rows !== undefined && (
        <span className="faint text-xs">
          <Amount value={run.rows} /> {t('versions.downstream.rows')}
        </span>
      )}
      {run.problemCount > 0 && (
        <span className="faint text-xs">{t('versions.problems', { count: run.problemCount })}</span>
      )}
    </span>
  );
}
