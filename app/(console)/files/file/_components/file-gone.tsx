'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/time';
import type { FileTimeline } from '@/lib/versions/schemas';
import { Downstream } from './downstream';
import type { RestoreState } from './use-restore';
import { Who } from './who';

interface FileGoneProps {
  file: FileTimeline;
  restore: RestoreState;
  mayRestore: boolean;
}

/** The file is deleted: by whom, and the one click that brings it back. */
export function FileGone({ file, restore, mayRestore }: FileGoneProps) {
  const t = useTranslations('versions.gone');
  const { current, entries, zone } = file;
  const last = entries.find((entry) => entry.kind === 'version');
  if (!current) return null;
  return (
    <section className="err info" aria-labelledby="gone">
      <header>
        <div className="grid grow gap-1">
          <h2 id="gone">
            {t('title')} <Who entry={current} isInSentence /> <RelativeTime value={current.at} />
          </h2>
          <p className="muted">{last ? t('body') : t('nothingLeft')}</p>
        </div>
        {last && mayRestore && (
          <Button
            variant="primary"
            icon={Undo2}
            isPending={restore.isPending}
            onClick={() => restore.run({ versionId: last.versionId, at: last.at })}
          >
            {t('bringBack')}
          </Button>
        )}
      </header>
      {last && zone === 'raw' && (
        <div className="border-line border-t px-4 py-3">
          <Downstream fileKey={file.key} rows={{ before: 0, after: last.run?.rows }} />
        </div>
      )}
    </section>
  );
}
