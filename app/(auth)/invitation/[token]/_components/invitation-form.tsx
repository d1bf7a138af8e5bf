'use client';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import type { ErrorReport } from '@/lib/errors';
import { routes } from '@/lib/routes';
import { acceptInvitation } from '../actions';

interface InvitationFormProps {
  token: string;
  email: string;
  /** The first administrator, who chooses the address too. */
  isFirst: boolean;
  /** The identity provider's button stands above. */
  isSecond: boolean;
}

export function InvitationForm({ token, email, isFirst, isSecond }: InvitationFormProps) {
  const t = useTranslations('invitations.page');
  const [error, setError] = useState<ErrorReport>();
  const [isPending, setIsPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const given = new FormData(event.currentTarget);
    const password = String(given.get('password'));
    setIsPending(true);
    const result = await acceptInvitation({
      token,
      name: String(given.get('name')),
      password,
      ...(isFirst ? { email: String(given.get('email')) } : {}),
    });
    if (!result.ok) {
      setIsPending(false);
      return setError(result.error);
    }
    const answer = await signIn('credentials', { email: result.data.email, password, redirect: false });
    location.assign(answer?.ok ? routes.home() : routes.signIn());
  };

  const fields = error?.fieldErrors ?? {};
  return (
    <form onSubmit={submit} method="post" noValidate>
      {isFirst ? (
        <Field label={t('email')} hint={t('emailHint')} error={fields.email}>
          {(control) => (
            <Input
              {...control}
              size="lg"
              name="email"
              type="email"
              autoComplete="username"
              defaultValue={email}
              required
            />
          )}
        </Field>
      ) : (
        // Password managers keep the new password under the address that they find in the form.
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      )}
      <Field label={t('name')} error={fields.name}>
        {(control) => <Input {...control} size="lg" name="name" autoComplete="name" required />}
      </Field>
      <Field label={t('password')} hint={t('passwordHint')} error={fields.password}>
        {(control) => <PasswordInput {...control} size="lg" name="password" autoComplete="new-password" required />}
      </Field>
      {error && !error.fieldErrors && <Failure error={error} isInForm />}
      <Button type="submit" variant={isSecond ? 'default' : 'primary'} size="lg" isPending={isPending}>
        {t('submit')}
      </Button>
    </form>
  );
}
