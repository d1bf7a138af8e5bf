'use client';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { ShownOnce } from '@/components/ui/shown-once';
import type { ErrorReport } from '@/lib/errors';
import { type CreateToken, LIFETIMES_DAYS, SCOPES, type Scope } from '@/lib/tokens/schemas';
import { createTokenAction } from '../actions';

const DAYS_DEFAULT = 90;

/** Makes a token; it is shown once. */
export function AddToken({ savedQueries }: { savedQueries: readonly { id: string; name: string }[] }) {
  const t = useTranslations('connect');
  const common = useTranslations('common');
  const router = useRouter();
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<ErrorReport>();
  const [made, setMade] = useState<{ name: string; token: string }>();
  const [isPending, startTransition] = useTransition();
  const open = (willOpen: boolean) => {
    setIsOpen(willOpen);
    setError(undefined);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const name = String(given.get('name'));
    const days = Number(given.get('days')) as CreateToken['days'];
    const scopes = given.getAll('scopes') as Scope[];
    const only = scopes.includes('saved') ? given.getAll('savedQueries').map(String) : [];
    startTransition(async () => {
      const result = await createTokenAction({ name, days, scopes, savedQueries: only });
      if (!result.ok) return setError(result.error);
      open(false);
      setMade({ name, token: result.data.token });
      router.refresh();
    });
  };
  const fields = error?.fieldErrors ?? {};
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => open(true)}>
        {t('add')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={open}
        title={t('addTitle')}
        description={t('addHint')}
        footer={
          <>
            <Button variant="ghost" onClick={() => open(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" form={formId} variant="primary" isPending={isPending}>
              {t('addSubmit')}
            </Button>
          </>
        }
      >
        <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
          <Field label={t('name')} hint={t('nameHint')} error={fields.name}>
            {(control) => <Input {...control} name="name" autoComplete="off" required />}
          </Field>
          <Field label={t('lifetime')}>
            {(control) => (
              <Select {...control} name="days" defaultValue={DAYS_DEFAULT}>
                {LIFETIMES_DAYS.map((days) => (
                  <option key={days} value={days}>
                    {t('days', { days })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <fieldset className="grid gap-1.5">
            <legend className="pb-1.5 font-medium text-xs">{t('scopes')}</legend>
            {SCOPES.map((scope) => (
              <label key={scope} className="flex items-center gap-2">
                <input type="checkbox" name="scopes" value={scope} defaultChecked />
                <span>{t(`scope.${scope}`)}</span>
              </label>
            ))}
            {fields.scopes && (
              <small role="alert" className="text-failed">
                {fields.scopes}
              </small>
            )}
          </fieldset>
          {savedQueries.length > 0 && <OnlySaved savedQueries={savedQueries} />}
          {error && !error.fieldErrors && <Failure error={error} isInForm />}
        </form>
      </Dialog>
      {made && (
        <ShownOnce
          title={t('made', { name: made.name })}
          description={t('madeHint')}
          secret={made.token}
          onDone={() => setMade(undefined)}
        />
      )}
    </>
  );
}

/** Which saved queries a token with that scope may call; any, where none is chosen. */
function OnlySaved({ savedQueries }: { savedQueries: readonly { id: string; name: string }[] }) {
  const t = useTranslations('connect');
  return (
    <details>
      <summary className="cursor-pointer font-medium text-xs">{t('onlySaved')}</summary>
      <fieldset className="mt-1.5 grid max-h-48 gap-1.5 overflow-y-auto">
        <legend className="muted pb-1.5 text-xs">{t('onlySavedHint')}</legend>
        {savedQueries.map(({ id, name }) => (
          <label key={id} className="flex items-center gap-2">
            <input type="checkbox" name="savedQueries" value={id} />
            <span className="mono min-w-0 break-all">{name}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
