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
import { INVITATION_DAYS } from '@/lib/invitations/schemas';
import { routes } from '@/lib/routes';
import { createInvitation } from '../actions';
import { RoleOptions } from './role-options';

const LEAST: Role = 'viewer';

/** Makes a link for somebody; it is shown once, and passed on by whoever made it. */
export function InvitePerson() {
  const t = useTranslations('invitations');
  const access = useTranslations('access');
  const common = useTranslations('common');
  const router = useRouter();
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState<Role>(LEAST);
  const [error, setError] = useState<ErrorReport>();
  const [made, setMade] = useState<{ email: string; link: string }>();
  const [isPending, startTransition] = useTransition();

  const open = (willOpen: boolean) => {
    setIsOpen(willOpen);
    setError(undefined);
    setRole(LEAST);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    startTransition(async () => {
      const result = await createInvitation({ email, role });
      if (!result.ok) return setError(result.error);
      open(false);
      const { token, invitation } = result.data;
      setMade({ email: invitation.email, link: new URL(routes.invitation(token), location.origin).href });
      router.refresh();
    });
  };

  const fields = error?.fieldErrors ?? {};
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => open(true)}>
        {t('invite')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={open}
        title={t('inviteTitle')}
        description={t('inviteHint', { days: INVITATION_DAYS })}
        footer={
          <>
            <Button variant="ghost" onClick={() => open(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" form={formId} variant="primary" isPending={isPending}>
              {t('makeLink')}
            </Button>
          </>
        }
      >
        <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
          <Field label={t('email')} error={fields.email}>
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" required />}
          </Field>
          <Field label={t('role')} hint={access(`what.${role}`)}>
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
      {made && (
        <ShownOnce
          title={t('made', { email: made.email })}
          description={t('madeHint', { days: INVITATION_DAYS })}
          secret={made.link}
          onDone={() => setMade(undefined)}
        />
      )}
    </>
  );
}
