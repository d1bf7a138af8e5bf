'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { useSavedActions } from './use-saved-actions';

/** Another name, another folder, or both: they are one path. */
export function MoveDialog({ query, onDone }: { query: SavedQuery; onDone: () => void }) {
  const t = useTranslations('savedQueries');
  const sql = useTranslations('sql');
  const common = useTranslations('common');
  const formId = useId();
  const { move } = useSavedActions();
  const [problem, setProblem] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    startTransition(async () => {
      const error = await move(query, name);
      if (!error) return onDone();
      setProblem(error.fieldErrors?.name ?? error.message);
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={t('moveTitle', { name: query.name })}
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
      <form id={formId} onSubmit={submit} noValidate>
        <Field label={sql('queryName')} hint={sql('queryNameHint')} error={problem}>
          {(control) => <Input {...control} name="name" defaultValue={query.name} autoComplete="off" required />}
        </Field>
      </form>
    </Dialog>
  );
}
