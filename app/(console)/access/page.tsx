import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { listPeople } from '@/lib/access';
import { waysIn } from '@/lib/auth/ways-in';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { InvitePerson } from './_components/invite-person';
import { PeopleTable } from './_components/people-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('title') };
}

export default async function AccessPage() {
  const t = await getTranslations('access');
  const { user } = await pageContext();
  const people = await load(listPeople, {});
  const { passwords, hasRoleRules } = await waysIn();
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {people.ok && (
          <>
            <LinkButton href={routes.invitations()}>{t('tabs.invitations')}</LinkButton>
            <InvitePerson />
          </>
        )}
      </div>
      {people.ok ? (
        <PeopleTable
          people={people.data}
          ownId={user.id}
          hasPasswords={passwords !== 'no'}
          hasRoleRules={hasRoleRules}
        />
      ) : (
        <Failure error={people.error} />
      )}
    </div>
  );
}
