import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { listRoles } from '@/lib/access';
import { load } from '@/lib/page';
import { RolesTable } from './_components/roles-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access.roles'))('title') };
}

/** Every role of the lake: what it is for, who may act as it, and how much it holds. */
export default async function RolesPage() {
  const t = await getTranslations('access.roles');
  const roles = await load(listRoles, {});
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      {roles.ok ? (
        <>
          <p className="muted max-w-[90ch]">{t('lead')}</p>
          <RolesTable roles={roles.data.filter(({ role }) => role)} title={t('ofPeople')} />
          <RolesTable roles={roles.data.filter(({ role }) => !role)} title={t('ofServices')} />
        </>
      ) : (
        <Failure error={roles.error} />
      )}
    </div>
  );
}
