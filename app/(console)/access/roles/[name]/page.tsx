import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { Tag } from '@/components/ui/tag';
import { getRole } from '@/lib/access';
import type { RoleDetails } from '@/lib/access/roles/schemas';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { PermissionList } from './_components/permission-list';
import { PolicyList } from './_components/policy-list';
import { RoleFacts } from './_components/role-facts';
import { RoleHolders } from './_components/role-holders';
import { UnreadNote } from './_components/unread-note';

interface RolePageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: RolePageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

/** One role: who has it, what it may do in the end, and every policy that says so. */
export default async function RolePage({ params }: RolePageProps) {
  const roleName = decodeURIComponent((await params).name);
  const result = await load(getRole, { roleName });
  return (
    <div className="page">
      {result.ok ? (
        <Role role={result.data} />
      ) : (
        <>
          <h1 className="mono text-xl">{roleName}</h1>
          <Failure error={result.error} />
        </>
      )}
    </div>
  );
}

async function Role({ role }: { role: RoleDetails }) {
  const t = await getTranslations('access.roles');
  const access = await getTranslations('access');
  const statements = role.policies.reduce((count, policy) => count + policy.statements.length, 0);
  const purpose = role.role ? access(`what.${role.role}`) : role.description;
  return (
    <>
      <div className="head">
        <h1 className="mono text-xl">{role.roleName}</h1>
        <Tag>{t('statementCount', { count: statements })}</Tag>
        <span className="grow" />
        <LinkButton href={routes.simulator({ principal: role.roleArn })}>{t('simulate')}</LinkButton>
      </div>
      {purpose && <p className="muted max-w-[90ch]">{purpose}</p>}
      {role.unread.length > 0 && <UnreadNote policies={role.unread} />}
      <RoleFacts role={role} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,340px)]">
        <PermissionList permissions={role.permissions} />
        <RoleHolders role={role} />
      </div>
      <PolicyList role={role} />
    </>
  );
}
