'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FileName } from './file-name';
import { KeyList } from './key-list';
import type { LeftFile } from './use-finished';

/** The files that a change, or its undo, left as they are, each with its reason. */
export function LeftDialog({ left, onClose }: { left: { title: string; files: LeftFile[] }; onClose: () => void }) {
  const t = useTranslations('files');
  const tCommon = useTranslations('common');
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('left.title', { count: left.files.length })}
      description={t('left.body')}
      footer={<Button onClick={onClose}>{tCommon('close')}</Button>}
    >
      <KeyList label={t('left.title', { count: left.files.length })}>
        {left.files.slice(0, SHOWN_MAX).map(({ key, reason, message }) => (
          <li key={key}>
            <span className="mono">
              <FileName name={key} />
            </span>
            <br />
            <span className="muted">{message ?? t(`left.${reason}`)}</span>
          </li>
        ))}
      </KeyList>
    </Dialog>
  );
}

const SHOWN_MAX = 500;
