'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import { fetchSavedQuery, savedQueriesKey, savedQueriesOptions } from '@/lib/query/saved/query-options';
import type { SavedQuery, SaveQuery as SaveInput } from '@/lib/query/saved/schemas';
import { saveQueryAction } from '../actions';
import { readSaveFields } from './read-save-fields';
import { SaveConflict } from './save-conflict';
import { SaveFields } from './save-fields';
import type { TabStore, WorkTab } from './tab-store';

interface SaveQueryProps {
  store: TabStore;
  tab: WorkTab;
  text: string;
  onDone: () => void;
}

/** Keeps the tab's text under a name; what is kept already gets a version more, or is kept beside as another. */
export function SaveQuery({ store, tab, text, onDone }: SaveQueryProps) {
  const t = useTranslations('sql');
  const common = useTranslations('common');
  const client = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const { data: all } = useQuery(savedQueriesOptions());
  const [error, setError] = useState<ErrorReport>();
  // What somebody else saved since, and what was about to be saved over it.
  const [conflict, setConflict] = useState<{ theirs: SavedQuery; mine: SaveInput }>();
  const [isPending, startTransition] = useTransition();
  const { saved } = tab;
  const kept = all?.find(({ id }) => id === saved?.id);
  const chart = tab.chart ?? kept?.chart;

  const save = (input: SaveInput) =>
    startTransition(async () => {
      const result = await saveQueryAction(input);
      if (!result.ok) {
        const isChanged = result.error.code === 'CONFLICT' && input.id !== undefined && !result.error.fieldErrors;
        if (isChanged) setConflict({ theirs: await fetchSavedQuery(input.id ?? ''), mine: input });
        return setError(isChanged ? undefined : result.error);
      }
      const { id, name, version, isInStep } = result.data;
      const { sql, parameters } = input;
      store.change(tab.id, { saved: { id, name, sql, version, parameters, chart }, chart });
      await client.invalidateQueries({ queryKey: savedQueriesKey });
      const body = isInStep ? undefined : t('notInStep');
      toast({ state: 'succeeded', title: t('savedAs', { name }), body });
      onDone();
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const isSame = kept !== undefined && submitter?.value !== 'copy';
    const fields = readSaveFields(new FormData(event.currentTarget));
    const input = { ...fields, sql: text, chart };
    save(isSame ? { ...input, id: kept.id, baseVersion: saved?.version ?? kept.version } : input);
  };
  if (conflict) {
    return (
      <SaveConflict
        {...conflict}
        isPending={isPending}
        onKeepMine={() => save({ ...conflict.mine, baseVersion: conflict.theirs.version })}
        onOpenTheirs={() => {
          store.open(conflict.theirs.sql);
          onDone();
        }}
        onClose={onDone}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={kept ? t('saveTitle', { name: kept.name }) : t('saveNewTitle')}
      footer={
        <>
          <Button variant="ghost" onClick={onDone}>
            {common('cancel')}
          </Button>
          {kept && (
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
      {/* What is kept comes a moment later than the dialog, and fills fields that nobody has touched yet. */}
      <form key={kept?.id} id={formId} className="grid gap-3" onSubmit={submit} noValidate>
        <SaveFields kept={kept} text={text} errors={error?.fieldErrors} />
        {error && !isBesideField(error) && <Failure error={error} isInForm />}
      </form>
    </Dialog>
  );
}

function isBesideField({ fieldErrors = {} }: ErrorReport): boolean {
  return Object.keys(fieldErrors).some((path) => /^(?:name|description|tags|roles|parameters\.)/.test(path));
}
