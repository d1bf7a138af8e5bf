'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Table } from '@/components/ui/table';
import type { Zone } from '@/lib/storage/schemas';
import { FileRow, type RowActions } from './file-row';
import styles from './files.module.css';
import type { Entry, Permissions } from './listing';
import type { Selection } from './use-selection';

interface FileTableProps extends RowActions {
  zone: Zone;
  entries: readonly Entry[];
  selection: Selection;
  previewed: string | undefined;
  may: Permissions;
  onDelete: () => void;
}

/**
 * A plain table, which screen readers know how to walk. One row's controls are in the tab order; the arrows move on from
 * there, so that two hundred rows are one stop.
 */
export function FileTable({ zone, entries, selection, previewed, may, onDelete, ...actions }: FileTableProps) {
  const t = useTranslations('files');
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, entries.length - 1);

  const go = (index: number, isExtending: boolean) => {
    const to = Math.max(0, Math.min(entries.length - 1, index));
    setActive(to);
    if (isExtending) selection.extend(current, to);
    body.current?.rows[to]?.querySelector<HTMLElement>('[data-main]')?.focus();
    const entry = entries[to];
    // An open preview follows.
    if (previewed !== undefined && entry?.kind === 'file') actions.onPreview(entry.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    const entry = entries[current];
    const isMain = (event.target as HTMLElement).matches('[data-main]');
    if (move) go(move(current, entries.length), event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.choosePage(true);
    else if (event.key === ' ' && isMain) selection.toggle(current, event.shiftKey);
    else if (event.key === 'p' && isPlain(event) && entry?.kind === 'file') actions.onPreview(entry.key);
    else if (event.key === 'Delete' && selection.chosen.size > 0) onDelete();
    else return;
    event.preventDefault();
  };

  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <th scope="col" className={styles.check}>
            <span className={styles.mark}>
              <input
                type="checkbox"
                aria-label={t('selectPage')}
                checked={selection.isAllChosen}
                onChange={(event) => selection.choosePage(event.target.checked)}
              />
            </span>
          </th>
          <th scope="col">{t('name')}</th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">{t(entries.some(({ kind }) => kind === 'deleted') ? 'deletedAt' : 'modified')}</th>
          <th scope="col" className={styles.optional}>
            {t('storageClass')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {entries.map((entry, index) => (
          <FileRow
            key={entry.key}
            zone={zone}
            entry={entry}
            index={index}
            isActive={index === current}
            isChosen={selection.chosen.has(entry.key)}
            isPreviewed={previewed === entry.key}
            may={may}
            onActivate={setActive}
            onToggle={selection.toggle}
            {...actions}
          />
        ))}
      </tbody>
    </Table>
  );
}

const PAGE_ROWS = 10;
const moves: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE_ROWS,
  PageUp: (at) => at - PAGE_ROWS,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const isPlain = (event: KeyboardEvent) => !(event.ctrlKey || event.metaKey || event.altKey);
