'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { PasswordInput } from '@/components/ui/password-input';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import { changePassword } from '../actions';

export function PasswordForm() {
  const t = useTranslations('settings');
  const toast = useToast();
  const router = useRouter();
  const [error, setError] = useState<ErrorReport>();
  const [isPending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const currentPassword = String(given.get('currentPassword'));
    const newPassword = String(given.get('newPassword'));
    startTransition(async () => {
      const result = await changePassword({ currentPassword, newPassword });
      if (!result.ok) return setError(result.error);
      setError(undefined);
      form.reset();
      router.refresh();
      toast({ state: 'succeeded', title: t('passwordChanged'), body: t('passwordChangedHint') });
    });
  };

  const fields = error?.fieldErrors ?? {};
  return (
    <form className="grid max-w-[336px] gap-3" onSubmit={submit} method="post" noValidate>
      <Field label={t('currentPassword')} error={fields.currentPassword}>
        {(control) => <PasswordInput {...control} name="currentPassword" autoComplete="current-password" required />}
      </Field>
      <Field label={t('newPassword')} hint={t('newPasswordHint')} error={fields.newPassword}>
        {(control) => <PasswordInput {...control} name="newPassword" autoComplete="new-password" required />}
      </Field>
      {error && !error.fieldErrors && (
        <Failure error={error} title={error.code === 'THROTTLED' ? t('tooManyTries') : undefined} isInForm />
      )}
      <div>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t('changePassword')}
        </Button>
      </div>
    </form>
  );
}
