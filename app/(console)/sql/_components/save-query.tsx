'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import { savedQueriesOptions } from '@/lib/query/query-options';
import { saveQueryAction } from '../actions';
import type { TabStore, WorkTab } from './tab-store';

interface SaveQueryProps {
  store: TabStore;
  tab: WorkTab;
  text: string;
  onDone: () => void;
}

/** Keeps the tab's text under a name that everybody finds; a saved query may be changed or kept beside as another. */
export function SaveQuery({ store, tab, text, onDone }: SaveQueryProps) {
  const t = useTranslations('sql');
  const common = useTranslations('common');
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [error, setError] = useState<ErrorReport>();
  const [isPending, startTransition] = useTransition();
  const { saved } = tab;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const isCopy = submitter?.value === 'copy';
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    startTransition(async () => {
      const result = await saveQueryAction({ name, sql: text, ...(saved && !isCopy ? { id: saved.id } : {}) });
      if (!result.ok) return setError(result.error);
      store.change(tab.id, { saved: { id: result.data.id, name, sql: text } });
      await client.invalidateQueries({ queryKey: savedQueriesOptions().queryKey });
      toast({ state: 'succeeded', title: t('savedAs', { name }) });
      onDone();
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={saved ? t('saveTitle', { name: saved.name }) : t('saveNewTitle')}
      description={t('saveHint')}
      footer={
        <>
          <Button variant="ghost" onClick={onDone}>
            {common('cancel')}
          </Button>
          {saved && (
            <Button type="submit" form={formId} name="as" value="copy" isPending={isPending}>
              {t('saveAsNew')}
            </Button>
          )}
          <Button type="submit" form={formId} name="as" value="same" variant="primary" isPending={isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
        <Field label={t('queryName')} hint={t('queryNameHint')} error={error?.fieldErrors?.name}>
          {(control) => <Input {...control} name="name" defaultValue={saved?.name} autoComplete="off" required />}
        </Field>
        {error && !error.fieldErrors?.name && <Failure error={error} isInForm />}
      </form>
    </Dialog>
  );
}
