'use client';
import { FileMinus, FilePen, FilePlus, FileX, type LucideIcon, ScrollText, Table2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import type { HistoryEvent } from '@/lib/catalog/schemas';

const FILE_ICONS = {
  added: FilePlus,
  replaced: FilePen,
  deleted: FileMinus,
  restored: Undo2,
  rejected: FileX,
} as const satisfies Record<string, LucideIcon>;

/** What happened, as an icon and a word. */
export function EventKind({ event }: { event: HistoryEvent }) {
  const t = useTranslations('history');
  if (event.type === 'file') return <Kind icon={FILE_ICONS[event.kind]} word={t(`file.${event.kind}`)} />;
  if (event.type === 'table') return <Kind icon={Table2} word={t(`table.${event.kind}`)} />;
  return <Kind icon={ScrollText} word={t(`contract.${event.kind}`)} />;
}

function Kind({ icon, word }: { icon: LucideIcon; word: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Icon of={icon} size="s" />
      {word}
    </span>
  );
}
