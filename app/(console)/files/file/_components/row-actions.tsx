'use client';
import { Download, FileInput, GitCompareArrows, MoreHorizontal, RotateCcw } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button, IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { FileTimeline, TimelineEntry } from '@/lib/versions/schemas';
import type { May } from './file-view';

interface RowActionsProps {
  file: FileTimeline;
  entry: TimelineEntry;
  may: May;
  onRestore: () => void;
}

/** What can be done with one version; restoring comes first, since people come for it. */
export function RowActions({ file, entry, may, onRestore }: RowActionsProps) {
  const t = useTranslations('versions');
  const router = useRouter();
  const { zone, key, current } = file;
  const { versionId } = entry;
  if (entry.kind !== 'version') return null;
  const others = current?.kind === 'version' && !entry.isCurrent ? current.versionId : undefined;
  const go = (href: string) => router.push(href as Route);
  const items = [
    { label: t('open'), icon: FileInput, onSelect: () => go(routes.file({ zone, key, version: versionId })) },
    ...(may.download
      ? [
          {
            label: t('download'),
            icon: Download,
            onSelect: () => window.location.assign(routes.download({ zone, key, versionId })),
          },
        ]
      : []),
    ...(may.download && others
      ? [
          {
            label: t('compareWithCurrent'),
            icon: GitCompareArrows,
            onSelect: () => go(routes.compareVersions({ zone, key, from: versionId, to: others })),
          },
        ]
      : []),
  ];
  return (
    <span className="inline-flex items-center gap-1">
      {may.restore && !entry.isCurrent && (
        <Button size="sm" variant="ghost" icon={RotateCcw} onClick={onRestore}>
          {t('restore')}
          <span className="sr-only">
            {' '}
            <Time value={entry.at} withSeconds />
          </span>
        </Button>
      )}
      <Menu trigger={<IconButton icon={MoreHorizontal} size="sm" label={t('more')} />} items={items} />
    </span>
  );
}
