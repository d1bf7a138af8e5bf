'use client';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { Dialog } from './dialog';

interface ShownOnceProps {
  title: string;
  description: string;
  secret: string;
  onDone: () => void;
}

/** A password or token that exists nowhere else in clear; it is gone when this dialog closes. */
export function ShownOnce({ title, description, secret, onDone }: ShownOnceProps) {
  const t = useTranslations('common');
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={title}
      description={description}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('done')}
        </Button>
      }
    >
      <div className="flex items-center justify-between gap-2">
        <code className="mono min-w-0 break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
    </Dialog>
  );
}
