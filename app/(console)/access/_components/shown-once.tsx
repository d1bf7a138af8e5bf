'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';

interface ShownOnceProps {
  title: string;
  description: string;
  password: string;
  onDone: () => void;
}

/** A password that exists nowhere else in clear; it is gone when this dialog closes. */
export function ShownOnce({ title, description, password, onDone }: ShownOnceProps) {
  const t = useTranslations('access');
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
        <code className="mono text-md">{password}</code>
        <CopyButton text={password} />
      </div>
    </Dialog>
  );
}
