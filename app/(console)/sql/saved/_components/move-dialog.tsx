'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ErrorReport } from '@/lib/errors';

interface MoveDialogProps {
  title: string;
  label: string;
  hint: string;
  /** The path that it has. */
  path: string;
  /** What it means, before it is done. */
  children?: ReactNode;
  /** Resolves to why it was not done. */
  move: (path: string) => Promise<ErrorReport | undefined>;
  onDone: () => void;
}

/** Another name, another folder, or both: they are one path. */
export function MoveDialog({ title, label, hint, path, children, move, onDone }: MoveDialogProps) {
  const t = useTranslations('savedQueries');
  const common = useTranslations('common');
  const formId = useId();
  const [problem, setProblem] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('path'));
    startTransition(async () => {
      const error = await move(wanted);
      if (!error) return onDone();
      const [beside] = Object.values(error.fieldErrors ?? {});
      setProblem(beside ?? error.message);
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={title}
      footer={
        <>
          <Button variant="ghost" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={isPending}>
            {t('moveSubmit')}
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
        <Field label={label} hint={hint} error={problem}>
          {(control) => <Input {...control} name="path" defaultValue={path} autoComplete="off" required />}
        </Field>
        {children}
      </form>
    </Dialog>
  );
}
