import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { listInvitations } from '@/lib/invitations';
import { load } from '@/lib/page';
import { InvitePerson } from '../_components/invite-person';
import { InvitationTable } from './_components/invitation-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invitations'))('title') };
}

export default async function InvitationsPage() {
  const t = await getTranslations('invitations');
  const invitations = await load(listInvitations, {});
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {invitations.ok && <InvitePerson />}
      </div>
      {invitations.ok ? <InvitationTable invitations={invitations.data} /> : <Failure error={invitations.error} />}
    </div>
  );
}
