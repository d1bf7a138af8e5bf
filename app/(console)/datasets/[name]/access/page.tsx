import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { can } from '@/lib/auth';
import { listTableAccess } from '@/lib/catalog';
import { load, pageContext } from '@/lib/page';
import { LoadedTable } from '../_components/loaded-table';
import { PeopleOfTable } from './_components/people-of-table';
import { RoleAccessTable } from './_components/role-access-table';

interface AccessPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: AccessPageProps) {
  const t = await getTranslations('tableAccess');
  return { title: t('pageTitle', { table: decodeURIComponent((await params).name) }) };
}

/** Who can read the table, and by which policy. */
export default function AccessPage({ params }: AccessPageProps) {
  return <LoadedTable params={params}>{({ name }) => <Access name={name} />}</LoadedTable>;
}

async function Access({ name }: { name: string }) {
  const t = await getTranslations('tableAccess');
  const { role } = await pageContext();
  const result = await load(listTableAccess, { table: name });
  if (!result.ok) return <Failure error={result.error} />;
  const { roles, people, isWhole } = result.data;
  return (
    <>
      <p className="muted max-w-[90ch]">{t(isWhole ? 'lead' : 'leadOwn')}</p>
      <RoleAccessTable roles={roles} isOpen={!isWhole} isLinked={can(role, 'access:read')} />
      <PeopleOfTable roles={roles} people={people} isWhole={isWhole} />
    </>
  );
}
