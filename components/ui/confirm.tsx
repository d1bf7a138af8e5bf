'use client';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmProps {
  isOpen: boolean;
  title: string;
  /** What will happen, to whom. */
  body: string;
  /** The effect, on its button. */
  effect: string;
  isPending?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before what cannot be undone. */
export function Confirm({ isOpen, title, body, effect, isPending, onConfirm, onCancel }: ConfirmProps) {
  const t = useTranslations('common');
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onCancel}
      title={title}
      description={body}
      footer={
        <>
          <Button variant="ghost" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button variant="danger" isPending={isPending} onClick={onConfirm}>
            {effect}
          </Button>
        </>
      }
    />
  );
}
