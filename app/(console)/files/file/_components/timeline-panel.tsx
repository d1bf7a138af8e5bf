'use client';
import { GitCompareArrows } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { routes } from '@/lib/routes';
import type { FileTimeline, TimelineEntry } from '@/lib/versions/schemas';
import type { May } from './file-view';
import { RestoreDialog } from './restore-dialog';
import { TimelineRow } from './timeline-row';
import type { RestoreState } from './use-restore';

interface TimelinePanelProps {
  file: FileTimeline;
  version: string | undefined;
  may: May;
  restore: RestoreState;
}

/** Every version and deletion of the file, newest first; two of them can be compared. */
export function TimelinePanel({ file, version, may, restore }: TimelinePanelProps) {
  const t = useTranslations('versions');
  const router = useRouter();
  const [picked, setPicked] = useState<string[]>([]);
  const [asked, setAsked] = useState<TimelineEntry>();
  const { zone, key, entries, next } = file;
  const pick = (id: string, isPicked: boolean) =>
    setPicked((before) => (isPicked ? [...before, id].slice(-2) : before.filter((each) => each !== id)));
  const compare = () => {
    // The older one first, as the timeline has it the other way round.
    const [to, from] = entries.map((entry) => entry.versionId).filter((id) => picked.includes(id));
    if (from && to) router.push(routes.compareVersions({ zone, key, from, to }) as Route);
  };
  return (
    <Panel
      isFlush
      title={t('timeline')}
      actions={
        may.download && (
          <Button
            size="sm"
            icon={GitCompareArrows}
            onClick={compare}
            disabledReason={picked.length === 2 ? undefined : t('pickTwo')}
          >
            {t('compare')}
          </Button>
        )
      }
    >
      <Table label={t('timeline')}>
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('by')}</th>
            <th scope="col" className="num">
              {t('size')}
            </th>
            <th scope="col">{t('runColumn')}</th>
            <th scope="col">
              <span className="sr-only">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <TimelineRow
              key={entry.versionId}
              file={file}
              entry={entry}
              isShown={entry.versionId === version}
              may={may}
              isPicked={picked.includes(entry.versionId)}
              onPick={(isPicked) => pick(entry.versionId, isPicked)}
              onRestore={() => setAsked(entry)}
            />
          ))}
        </tbody>
      </Table>
      {next && (
        <p className="flex justify-center p-2">
          <LinkButton size="sm" href={routes.file({ zone, key, after: next.after, before: String(next.before) })}>
            {t('older')}
          </LinkButton>
        </p>
      )}
      {asked && <RestoreDialog file={file} entry={asked} restore={restore} onClose={() => setAsked(undefined)} />}
    </Panel>
  );
}
