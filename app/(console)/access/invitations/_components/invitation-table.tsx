'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { State, type StateName } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count } from '@/components/ui/tag';
import { RelativeTime, Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { InvitationState, InvitationSummary } from '@/lib/invitations/schemas';
import { withdrawInvitation } from '../../actions';

const SHAPES: Record<InvitationState, StateName> = {
  open: 'waiting',
  accepted: 'succeeded',
  expired: 'stopped',
  withdrawn: 'stopped',
};

export function InvitationTable({ invitations }: { invitations: readonly InvitationSummary[] }) {
  const t = useTranslations('invitations');
  const roles = useTranslations('roles');
  const toast = useToast();
  const router = useRouter();
  const [doomed, setDoomed] = useState<InvitationSummary>();
  const [isPending, startTransition] = useTransition();

  const withdraw = () =>
    startTransition(async () => {
      if (!doomed) return;
      const result = await withdrawInvitation({ id: doomed.id });
      setDoomed(undefined);
      toast(
        result.ok
          ? { state: 'succeeded', title: t('withdrawn', { email: doomed.email }) }
          : { state: 'failed', title: result.error.message },
      );
      router.refresh();
    });

  if (invitations.length === 0) return <EmptyState title={t('empty')} body={t('emptyHint')} />;
  return (
    <Panel title={t('title')} aside={<Count>{invitations.length}</Count>} isFlush>
      <Table label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('invitedBy')}</th>
            <th scope="col">{t('invitedAt')}</th>
            <th scope="col">{t('expires')}</th>
            <th scope="col">
              <span className="sr-only">{t('withdraw')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <tr key={invitation.id}>
              <th scope="row">{invitation.email}</th>
              <td>{roles(invitation.role)}</td>
              <td>
                <State state={SHAPES[invitation.state]}>{t(`states.${invitation.state}`)}</State>
              </td>
              <td>{invitation.invitedBy ?? t('console')}</td>
              <td>
                <RelativeTime value={invitation.createdAt} />
              </td>
              <td>
                <Time value={invitation.expiresAt} />
              </td>
              <td className="num">
                {invitation.state === 'open' && (
                  <Button variant="ghost" size="sm" onClick={() => setDoomed(invitation)}>
                    {t('withdraw')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Confirm
        isOpen={doomed !== undefined}
        title={t('withdrawTitle', { email: doomed?.email ?? '' })}
        body={t('withdrawBody')}
        effect={t('withdraw')}
        isPending={isPending}
        onConfirm={withdraw}
        onCancel={() => setDoomed(undefined)}
      />
    </Panel>
  );
}
