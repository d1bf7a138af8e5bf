'use client';
import { Download, Eye, FileText, Folder, History, RotateCcw } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { RelativeTime } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { Zone } from '@/lib/storage/schemas';
import { FileName } from './file-name';
import styles from './files.module.css';
import type { Entry, Permissions } from './listing';
import { RowAction } from './row-action';

export interface RowActions {
  onPreview: (key: string) => void;
  onOpen: (href: string) => void;
  onUndelete: (entry: Extract<Entry, { kind: 'deleted' }>) => void;
}

interface FileRowProps extends RowActions {
  zone: Zone;
  entry: Entry;
  index: number;
  /** Its controls are in the tab order. */
  isActive: boolean;
  isChosen: boolean;
  isPreviewed: boolean;
  may: Permissions;
  onActivate: (index: number) => void;
  onToggle: (index: number, isRange: boolean) => void;
}

export function FileRow(props: FileRowProps) {
  const { entry, index, isActive, isChosen, isPreviewed, onActivate, onToggle, onPreview } = props;
  const t = useTranslations('files');
  const openPreview = (event: MouseEvent) => {
    const isOnControl = (event.target as HTMLElement).closest('a, button, input');
    if (entry.kind === 'file' && !isOnControl) onPreview(entry.key);
  };
  return (
    // The click is a second way for the mouse; the eye button is the one for everybody.
    <tr className={isChosen || isPreviewed ? 'sel' : undefined} onFocus={() => onActivate(index)} onClick={openPreview}>
      <td className={styles.check}>
        <input
          type="checkbox"
          aria-label={t('select', { name: entry.name || t('marker') })}
          checked={isChosen}
          tabIndex={isActive ? 0 : -1}
          onChange={(event) => onToggle(index, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
        />
      </td>
      <td className={styles.name}>
        <span>
          <Icon of={entry.kind === 'folder' ? Folder : FileText} size="s" />
          <NameOf {...props} />
        </span>
      </td>
      <td className="num">{entry.kind === 'folder' ? '' : <Bytes value={entry.sizeBytes} />}</td>
      <td className="muted">{entry.kind === 'folder' ? '' : <RelativeTime value={entry.at} />}</td>
      <td className={`muted ${styles.optional}`}>
        {entry.kind === 'file' && <StorageClass of={entry.storageClass} />}
      </td>
      <td className="num">
        <ActionsOf {...props} />
      </td>
    </tr>
  );
}

function NameOf({ entry, zone, isActive, onOpen }: FileRowProps) {
  const t = useTranslations('files');
  const { kind, key, name } = entry;
  const href = kind === 'folder' ? routes.files({ zone, prefix: key }) : routes.file({ zone, key });
  const open = (event: MouseEvent) => {
    const isPlainClick = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (kind !== 'folder' || !isPlainClick) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <Link
      data-main=""
      className={kind === 'deleted' ? styles.gone : undefined}
      href={href as Route}
      prefetch={false}
      title={name}
      tabIndex={isActive ? 0 : -1}
      onClick={open}
    >
      {name === '' ? <i>{t('marker')}</i> : <FileName name={name} />}
    </Link>
  );
}

function ActionsOf({ entry, zone, isActive, may, onPreview, onUndelete }: FileRowProps) {
  const t = useTranslations('files');
  const { name } = entry;
  if (entry.kind === 'folder') {
    const href = routes.pointInTime({ zone, prefix: entry.key });
    return <RowAction icon={History} label={t('asItWas', { name })} isActive={isActive} href={href} />;
  }
  if (entry.kind === 'deleted') {
    return (
      may.copy && (
        <RowAction
          icon={RotateCcw}
          label={t('undelete', { name })}
          isActive={isActive}
          onClick={() => onUndelete(entry)}
        />
      )
    );
  }
  return (
    may.download && (
      <span className="inline-flex">
        <RowAction
          icon={Eye}
          label={t('previewOf', { name })}
          isActive={isActive}
          onClick={() => onPreview(entry.key)}
        />
        <RowAction
          icon={Download}
          label={t('downloadOf', { name })}
          isActive={isActive}
          href={routes.download({ zone, key: entry.key })}
          isDownload
        />
      </span>
    )
  );
}

/** The usual one is not worth a reader's eye. */
function StorageClass({ of }: { of: string }) {
  return <span className={of === 'STANDARD' ? 'faint' : undefined}>{of.toLowerCase().replaceAll('_', ' ')}</span>;
}
