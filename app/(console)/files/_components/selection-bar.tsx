'use client';
import { Copy, Download, FolderInput, PencilLine, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button, LinkButton } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import { downloadZip } from '@/lib/storage/download-zip';
import { type Chosen, gatherFiles } from '@/lib/storage/gather-files';
import type { Zone } from '@/lib/storage/schemas';
import { ZIP_MAX_BYTES, ZIP_MAX_FILES } from '@/lib/storage/zones';
import styles from './files.module.css';
import type { Permissions } from './listing';

export type FileAction = 'download' | 'copy' | 'move' | 'rename' | 'delete';

interface SelectionBarProps {
  zone: Zone;
  prefix: string;
  chosen: readonly Chosen[];
  may: Permissions;
  isEditable: boolean;
  /** What is chosen was deleted: it can come back, and nothing else. */
  isDeleted: boolean;
  onAction: (action: Exclude<FileAction, 'download'>) => void;
  onClear: () => void;
}

/** What can be done with what is chosen. */
export function SelectionBar({
  zone,
  prefix,
  chosen,
  may,
  isEditable,
  isDeleted,
  onAction,
  onClear,
}: SelectionBarProps) {
  const t = useTranslations('files');
  const refusal = (isAllowed: boolean) => (isAllowed ? {} : { disabledReason: t('notAllowed') });
  const canMove = may.copy && may.delete;
  return (
    <div className={`${styles.bar} ${styles.chosen}`} role="toolbar" aria-label={t('actions')}>
      <span className="font-medium" role="status">
        {t('chosen', { count: chosen.length })}
      </span>
      {!isDeleted && (
        <>
          <DownloadChosen zone={zone} prefix={prefix} chosen={chosen} isAllowed={may.download} />
          <Button size="sm" icon={Copy} {...refusal(may.copy)} onClick={() => onAction('copy')}>
            {t('copyTo')}
          </Button>
        </>
      )}
      {!isDeleted && isEditable && (
        <>
          <Button size="sm" icon={FolderInput} {...refusal(canMove)} onClick={() => onAction('move')}>
            {t('moveTo')}
          </Button>
          {zone === 'raw' && chosen.length === 1 && (
            <Button size="sm" icon={PencilLine} {...refusal(canMove)} onClick={() => onAction('rename')}>
              {t('rename')}
            </Button>
          )}
          <Button size="sm" variant="danger" icon={Trash2} {...refusal(may.delete)} onClick={() => onAction('delete')}>
            {t('delete')}
          </Button>
        </>
      )}
      <span className="grow" />
      <Button size="sm" variant="ghost" onClick={onClear}>
        {t('clearChosen')}
      </Button>
    </div>
  );
}

function DownloadChosen({
  zone,
  prefix,
  chosen,
  isAllowed,
}: Pick<SelectionBarProps, 'zone' | 'prefix' | 'chosen'> & { isAllowed: boolean }) {
  const t = useTranslations('files');
  const toast = useToast();
  const failed = useFailureToast();
  const [isPending, setIsPending] = useState(false);
  const [only] = chosen;
  if (only && chosen.length === 1 && !only.isFolder && isAllowed) {
    return (
      <LinkButton size="sm" icon={Download} isDownload href={routes.download({ zone, key: only.key })}>
        {t('download')}
      </LinkButton>
    );
  }
  const download = async () => {
    setIsPending(true);
    try {
      const { signal } = new AbortController();
      const { files, sizeBytes } = await gatherFiles(zone, chosen, { signal, onProgress: () => undefined });
      if (files.length > ZIP_MAX_FILES || sizeBytes > ZIP_MAX_BYTES) {
        toast({ state: 'rejected', title: t('zipTooLarge'), body: t('zipInstead') });
      } else if (files.length > 0) downloadZip({ zone, prefix, keys: files.map(({ key }) => key) });
    } catch (error) {
      failed(reportFrom(error));
    } finally {
      setIsPending(false);
    }
  };
  return (
    <Button
      size="sm"
      icon={Download}
      isPending={isPending}
      {...(isAllowed ? {} : { disabledReason: t('notAllowed') })}
      onClick={download}
    >
      {t('downloadZip')}
    </Button>
  );
}
