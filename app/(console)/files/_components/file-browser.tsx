'use client';
import clsx from 'clsx';
import { Lock } from 'lucide-react';
import type { Route } from 'next';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { routes } from '@/lib/routes';
import type { EditableZone } from '@/lib/storage/schemas';
import { editableZones } from '@/lib/storage/zones';
import type { FilesSearch } from '../search-params';
import { AsItWas } from './as-it-was';
import { FileTable } from './file-table';
import styles from './files.module.css';
import type { Listing, Permissions } from './listing';
import { NoFiles } from './no-files';
import { Pager } from './pager';
import { PrefixPath } from './prefix-path';
import { RecentChanges } from './recent-changes';
import { SearchBox } from './search-box';
import { type FileAction, SelectionBar } from './selection-bar';
import { UndoProgress } from './undo-progress';
import { useFinished } from './use-finished';
import { useSelection } from './use-selection';
import { useUndelete } from './use-undelete';

const PreviewPanel = dynamic(() => import('./preview-panel').then((module) => module.PreviewPanel), { ssr: false });
const DeleteDialog = dynamic(() => import('./delete-dialog').then((module) => module.DeleteDialog), { ssr: false });
const CopyDialog = dynamic(() => import('./copy-dialog').then((module) => module.CopyDialog), { ssr: false });
const LeftDialog = dynamic(() => import('./left-dialog').then((module) => module.LeftDialog), { ssr: false });

interface FileBrowserProps {
  place: FilesSearch;
  listing: Listing;
  may: Permissions;
}

/** A folder of a zone: find, choose, look into, and change what is in it. */
export function FileBrowser({ place, listing, may }: FileBrowserProps) {
  const { zone, prefix, search, deleted } = place;
  const t = useTranslations('files');
  const router = useRouter();
  const [isWaiting, startWaiting] = useTransition();
  const [previewed, setPreviewed] = useState<string>();
  const [action, setAction] = useState<Exclude<FileAction, 'download'>>();
  const selection = useSelection(listing.entries);
  const { finish, undo, undoing, left, forgetLeft } = useFinished({ canUndo: may.delete, onFinished: selection.clear });
  const undelete = useUndelete(zone);
  const list = useList(`${zone} ${prefix} ${deleted}`, () => {
    selection.clear();
    setPreviewed(undefined);
  });
  const isEditable = (editableZones as readonly string[]).includes(zone);

  const open = (href: string) => startWaiting(() => router.push(href as Route));
  const onSearch = useCallback(
    (text: string) => {
      const href = routes.files({ zone, prefix, ...(text ? { search: text } : {}), ...(deleted ? { deleted } : {}) });
      startWaiting(() => router.replace(href as Route, { scroll: false }));
    },
    [zone, prefix, deleted, router],
  );
  const showDeleted = (which: 'no' | 'yes') =>
    open(routes.files({ zone, prefix, ...(search ? { search } : {}), ...(which === 'yes' ? { deleted: which } : {}) }));
  const chosen = [...selection.chosen.values()];
  const change = { zone, prefix, chosen, onClose: () => setAction(undefined), onFinished: finish };

  return (
    <>
      <div className={clsx(styles.split, previewed !== undefined && styles.open)}>
        <Panel
          isFlush
          title={<PrefixPath zone={zone} bucket={listing.bucket} prefix={prefix} />}
          actions={prefix !== '' && <AsItWas zone={zone} prefix={prefix} />}
        >
          <div className={styles.bar}>
            <SearchBox value={search} onSearch={onSearch} />
            <Segmented
              label={t('which')}
              value={deleted ?? 'no'}
              options={[
                { value: 'no', label: t('present') },
                { value: 'yes', label: t('deleted') },
              ]}
              onChange={showDeleted}
            />
            {!isEditable && (
              <span className="muted flex items-center gap-1 text-xs">
                <Icon of={Lock} size="s" />
                {t(`readOnly.${zone === 'results' ? 'results' : 'processed'}`)}
              </span>
            )}
          </div>
          {undoing && <UndoProgress {...undoing} />}
          {chosen.length > 0 && (
            <SelectionBar
              zone={zone}
              prefix={prefix}
              chosen={chosen}
              may={may}
              isEditable={isEditable}
              isDeleted={deleted !== undefined}
              onAction={setAction}
              onClear={selection.clear}
            />
          )}
          <div ref={list} className={isWaiting ? styles.waiting : undefined} aria-busy={isWaiting}>
            {listing.entries.length === 0 ? (
              <NoFiles place={place} hasMore={listing.next !== undefined} onClear={() => onSearch('')} />
            ) : (
              <FileTable
                key={`${prefix} ${deleted} ${place.after}`}
                zone={zone}
                entries={listing.entries}
                selection={selection}
                previewed={previewed}
                may={may}
                onPreview={setPreviewed}
                onOpen={open}
                onUndelete={undelete}
                onDelete={() => isEditable && may.delete && !deleted && setAction('delete')}
              />
            )}
          </div>
          <Pager place={place} next={listing.next} />
        </Panel>
        {previewed !== undefined && (
          <PreviewPanel zone={zone} fileKey={previewed} onClose={() => setPreviewed(undefined)} />
        )}
      </div>
      {(may.copy || may.delete) && (
        <RecentChanges canUndo={may.delete} isUndoing={undoing !== undefined} onUndo={undo} />
      )}
      {action === 'delete' && <DeleteDialog {...change} zone={zone as EditableZone} />}
      {(action === 'copy' || action === 'move' || action === 'rename') && (
        <CopyDialog key={action} {...change} mode={action} canUndo={may.delete} />
      )}
      {left && <LeftDialog left={left} onClose={forgetLeft} />}
    </>
  );
}

/** Begins anew in another folder; who came there by a row, which is gone now, goes on at the first one. */
function useList(where: string, onElsewhere: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(where);
  if (at !== where) {
    setAt(where);
    onElsewhere();
  }
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the place.
  useEffect(() => {
    if (!isFirst.current && document.activeElement === document.body) {
      list.current?.querySelector<HTMLElement>('[data-main]')?.focus();
    }
    isFirst.current = false;
  }, [where]);
  return list;
}
