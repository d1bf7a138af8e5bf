import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { listPeople } from '@/lib/access';
import { load, pageContext } from '@/lib/page';
import { AddPerson } from './_components/add-person';
import { PeopleTable } from './_components/people-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('title') };
}

export default async function AccessPage() {
  const t = await getTranslations('access');
  const { user } = await pageContext();
  const people = await load(listPeople, {});
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {people.ok && <AddPerson />}
      </div>
      {people.ok ? <PeopleTable people={people.data} ownId={user.id} /> : <Failure error={people.error} />}
    </div>
  );
}
