'use client';
import { Ellipsis, KeyRound, UserCheck, UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button, IconButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Menu } from '@/components/ui/menu';
import { ShownOnce } from '@/components/ui/shown-once';
import type { Person } from '@/lib/access/person';
import { resetPassword } from '../actions';
import { useUpdatePerson } from './use-update-person';

export function PersonMenu({ person }: { person: Person }) {
  const t = useTranslations('access');
  const failed = useFailureToast();
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
      else failed(result.error);
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
          { label: t('resetPassword'), icon: KeyRound, onSelect: () => setAsked('reset') },
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

interface ConfirmProps {
  isOpen: boolean;
  title: string;
  body: string;
  effect: string;
  isPending?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

function Confirm({ isOpen, title, body, effect, isPending, onConfirm, onCancel }: ConfirmProps) {
  const t = useTranslations('common');
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onCancel}
      title={title}
      description={body}
      footer={
        <>
          <Button variant="ghost" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button variant="danger" isPending={isPending} onClick={onConfirm}>
            {effect}
          </Button>
        </>
      }
    />
  );
}
