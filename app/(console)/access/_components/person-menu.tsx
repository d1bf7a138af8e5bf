'use client';
import { Ellipsis, KeyRound, MonitorSmartphone, UserCheck, UserX } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { IconButton } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Menu } from '@/components/ui/menu';
import { ShownOnce } from '@/components/ui/shown-once';
import { useToast } from '@/components/ui/toast';
import type { Person } from '@/lib/access/person';
import { routes } from '@/lib/routes';
import { resetPassword } from '../actions';
import { useUpdatePerson } from './use-update-person';

/** `hasPasswords`: people may sign in by a password here. */
export function PersonMenu({ person, hasPasswords }: { person: Person; hasPasswords: boolean }) {
  const t = useTranslations('access');
  const toast = useToast();
  const router = useRouter();
  const { id, name, email, isActive } = person;
  const { update } = useUpdatePerson();
  const [asked, setAsked] = useState<'off' | 'reset'>();
  const [password, setPassword] = useState<string>();
  const [isPending, startTransition] = useTransition();

  const reset = () =>
    startTransition(async () => {
      const result = await resetPassword({ id });
      setAsked(undefined);
      if (result.ok) setPassword(result.data.password);
      else toast({ state: 'failed', title: result.error.message });
    });
  const switchOff = () => {
    setAsked(undefined);
    update({ id, isActive: false }, t('switchedOff', { name }));
  };
  const switchOn = () => update({ id, isActive: true }, t('switchedOn', { name }));

  return (
    <>
      <Menu
        trigger={<IconButton icon={Ellipsis} size="sm" label={t('actions', { name })} />}
        items={[
          {
            label: t('sessions'),
            icon: MonitorSmartphone,
            onSelect: () => router.push(routes.person(id) as Route),
          },
          ...(hasPasswords
            ? [{ label: t('resetPassword'), icon: KeyRound, onSelect: () => setAsked('reset' as const) }]
            : []),
          isActive
            ? { label: t('switchOff'), icon: UserX, onSelect: () => setAsked('off') }
            : { label: t('switchOn'), icon: UserCheck, onSelect: switchOn },
        ]}
      />
      <Confirm
        isOpen={asked === 'off'}
        title={t('offTitle', { name })}
        body={t('offBody', { email })}
        effect={t('switchOff')}
        onConfirm={switchOff}
        onCancel={() => setAsked(undefined)}
      />
      <Confirm
        isOpen={asked === 'reset'}
        title={t('resetTitle', { name })}
        body={t('resetBody', { email })}
        effect={t('resetSubmit')}
        isPending={isPending}
        onConfirm={reset}
        onCancel={() => setAsked(undefined)}
      />
      {password && (
        <ShownOnce
          title={t('resetPassword')}
          description={t('newPassword', { email })}
          secret={password}
          onDone={() => setPassword(undefined)}
        />
      )}
    </>
  );
}
