'use client';
import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { ProgressBar } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import type { PastTable } from '@/lib/query/schemas';
import type { Past } from './use-past';

/** Which tables the statement reads as they were, what is copied for it, and how far that is. */
export function PastNote({ past }: { past: Past }) {
  const t = useTranslations('sql.past');
  const { tables, answer, progress } = past;
  if (tables.length === 0) return null;
  return (
    <section
      aria-label={t('title')}
      className="grid gap-2 border-line border-t bg-accent-soft px-3 py-1.5 text-xs [--surface:var(--accent-soft)]"
    >
      <ul className="grid gap-1">
        {tables.map((table) => (
          <PastLine key={table.text} table={table} />
        ))}
      </ul>
      {answer && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="grow">{t('ask')}</p>
          <Button size="sm" onClick={() => answer(false)}>
            {t('no')}
          </Button>
          <Button size="sm" variant="primary" onClick={() => answer(true)}>
            {t('yes')}
          </Button>
        </div>
      )}
      {progress && progress.totalFiles > 0 && (
        <div className="grid gap-1">
          <ProgressBar label={t('copying')} share={progress.files / progress.totalFiles} state="running" />
          <p className="muted tabular-nums">
            {t.rich('progress', {
              files: () => <Amount value={progress.files} />,
              totalFiles: () => <Amount value={progress.totalFiles} />,
              bytes: () => <Bytes value={progress.bytes} />,
              totalBytes: () => <Bytes value={progress.totalBytes} />,
            })}
          </p>
        </div>
      )}
    </section>
  );
}

function PastLine({ table }: { table: PastTable }) {
  const t = useTranslations('sql.past');
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <Icon of={History} size="s" />
      <span>
        {t.rich('asItWas', {
          table: () => <b className="mono">{table.table}</b>,
          at: () => <Time value={table.at} withSeconds />,
        })}
      </span>
      <span className="muted tabular-nums">
        {t('files', { count: table.fileCount })} · <Bytes value={table.sizeBytes} />
        {table.copyCount > 0 && (
          <>
            {' · '}
            {t.rich('copies', { bytes: () => <Bytes value={table.copyBytes} /> })}
          </>
        )}
      </span>
    </li>
  );
}
