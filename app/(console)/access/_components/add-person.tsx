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
import { isRole, type Role } from '@/lib/auth/permissions';
import type { ErrorReport } from '@/lib/errors';
import { createPerson } from '../actions';
import { RoleOptions } from './role-options';

const LEAST: Role = 'viewer';

export function AddPerson() {
  const t = useTranslations('access');
  const common = useTranslations('common');
  const router = useRouter();
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState<Role>(LEAST);
  const [error, setError] = useState<ErrorReport>();
  const [added, setAdded] = useState<{ name: string; email: string; password: string }>();
  const [isPending, startTransition] = useTransition();

  const open = (willOpen: boolean) => {
    setIsOpen(willOpen);
    setError(undefined);
    setRole(LEAST);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const person = { name: String(given.get('name')), email: String(given.get('email')), role };
    startTransition(async () => {
      const result = await createPerson(person);
      if (!result.ok) return setError(result.error);
      open(false);
      const { name, email } = result.data.person;
      setAdded({ name, email, password: result.data.password });
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
          <Field label={t('name')} error={fields.name}>
            {(control) => <Input {...control} name="name" autoComplete="off" required />}
          </Field>
          <Field label={t('email')} error={fields.email}>
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" required />}
          </Field>
          <Field label={t('role')} hint={t(`what.${role}`)}>
            {(control) => (
              <Select
                {...control}
                value={role}
                onChange={({ target }) => isRole(target.value) && setRole(target.value)}
              >
                <RoleOptions />
              </Select>
            )}
          </Field>
          {error && !error.fieldErrors && <Failure error={error} isInForm />}
        </form>
      </Dialog>
      {added && (
        <ShownOnce
          title={t('added', { name: added.name })}
          description={t('firstPassword', { email: added.email })}
          secret={added.password}
          onDone={() => setAdded(undefined)}
        />
      )}
    </>
  );
}
