'use client';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/password-input';
import { lockedSeconds } from '@/lib/auth/sign-in-error';

type ProblemCode = 'emailMissing' | 'passwordMissing' | 'refused' | 'locked' | 'unavailable';
interface Problem {
  code: ProblemCode;
  /** Until the next try; only for `locked`. */
  minutes?: number;
}

/** `isSecond`: the identity provider's button stands above, and is the first thing to press. */
export function SignInForm({ target, isSecond }: { target: string; isSecond: boolean }) {
  const t = useTranslations('signIn');
  const [problem, setProblem] = useState<Problem>();
  const [isPending, setIsPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const { email, password } = read(form);
    if (!email || !password) {
      setProblem({ code: email ? 'passwordMissing' : 'emailMissing' });
      focus(form, email ? 'password' : 'email');
      return;
    }
    setIsPending(true);
    const outcome = await attempt(email, password);
    // A whole new page: nothing that was fetched for somebody else may stay in the router's cache.
    if (outcome === 'signed-in') return location.assign(target);
    setIsPending(false);
    setProblem(outcome);
    focus(form, 'password');
  };

  const message = problem && t(problem.code, { minutes: problem.minutes ?? 0 });
  const isOfEmail = problem?.code === 'emailMissing';
  return (
    // `post` keeps the password out of the address if someone submits before the page is ready.
    <form onSubmit={submit} method="post" noValidate>
      <Field label={t('email')} error={isOfEmail ? message : undefined}>
        {(control) => <Input {...control} size="lg" name="email" type="email" autoComplete="username" required />}
      </Field>
      <Field label={t('password')} error={isOfEmail ? undefined : message}>
        {(control) => <PasswordInput {...control} size="lg" name="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" variant={isSecond ? 'default' : 'primary'} size="lg" isPending={isPending}>
        {isPending ? t('submitting') : t('submit')}
      </Button>
    </form>
  );
}

function read(form: HTMLFormElement) {
  const data = new FormData(form);
  return { email: String(data.get('email') ?? '').trim(), password: String(data.get('password') ?? '') };
}

function focus(form: HTMLFormElement, name: string) {
  form.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
}

async function attempt(email: string, password: string): Promise<'signed-in' | Problem> {
  try {
    const answer = await signIn('credentials', { email, password, redirect: false });
    if (answer?.ok && !answer.error) return 'signed-in';
    const seconds = lockedSeconds(answer?.error);
    if (seconds !== undefined) return { code: 'locked', minutes: Math.ceil(seconds / 60) };
    return { code: answer?.status === 401 ? 'refused' : 'unavailable' };
  } catch {
    // The network is gone, or the answer was not next-auth's: to the person it is the same.
    return { code: 'unavailable' };
  }
}
