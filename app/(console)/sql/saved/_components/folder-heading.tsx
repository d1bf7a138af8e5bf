'use client';
import { Folder, FolderInput } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { MoveDialog } from './move-dialog';
import { useSavedActions } from './use-saved-actions';

interface FolderHeadingProps {
  folder: string;
  /** How many queries are in it and in the folders within, as far as the person sees them. */
  count: number;
}

/** A folder's name over its queries, and the way to give it another. */
export function FolderHeading({ folder, count }: FolderHeadingProps) {
  const t = useTranslations('savedQueries');
  const { moveFolder } = useSavedActions();
  const [isMoving, setIsMoving] = useState(false);
  return (
    <span className="flex items-center gap-1.5">
      <Icon of={Folder} size="s" /> {folder}
      <IconButton
        icon={FolderInput}
        size="sm"
        label={t('moveFolder', { name: folder })}
        onClick={() => setIsMoving(true)}
      />
      {isMoving && (
        <MoveDialog
          title={t('moveFolderTitle', { name: folder })}
          label={t('folderName')}
          hint={t('folderNameHint')}
          path={folder}
          move={(to) => moveFolder(folder, to)}
          onDone={() => setIsMoving(false)}
        >
          <p className="muted">{t('moveFolderBody', { count })}</p>
        </MoveDialog>
      )}
    </span>
  );
}
