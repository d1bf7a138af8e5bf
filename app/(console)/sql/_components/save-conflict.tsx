'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { LineHunks } from '@/components/diff/line-hunks';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { compareLines } from '@/lib/languages/compare/compare-lines.ts';
import type { SavedQuery, SaveQuery } from '@/lib/query/saved/schemas';

interface SaveConflictProps {
  theirs: SavedQuery;
  mine: SaveQuery;
  isPending: boolean;
  onKeepMine: () => void;
  onOpenTheirs: () => void;
  onClose: () => void;
}

/** Somebody saved another version meanwhile: shows both texts, and asks. Neither is lost: each is, or becomes, a version. */
export function SaveConflict({ theirs, mine, isPending, onKeepMine, onOpenTheirs, onClose }: SaveConflictProps) {
  const t = useTranslations('savedQueries.conflict');
  const common = useTranslations('common');
  const { hunks } = useMemo(() => compareLines(theirs.sql, mine.sql), [theirs.sql, mine.sql]);
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title', { name: theirs.name })}
      description={t('body', { by: theirs.updatedBy ?? 'Athena', version: theirs.version })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button onClick={onOpenTheirs}>{t('openTheirs')}</Button>
          <Button variant="primary" isPending={isPending} onClick={onKeepMine}>
            {t('keepMine', { version: theirs.version + 1 })}
          </Button>
        </>
      }
    >
      {hunks.length > 0 ? <LineHunks label={t('texts')} hunks={hunks} /> : <p className="muted">{t('same')}</p>}
    </Dialog>
  );
}
