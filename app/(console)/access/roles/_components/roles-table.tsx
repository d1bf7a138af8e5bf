import type { Route } from 'next';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { usePhrases } from '@/components/access/use-phrases';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { RoleSummary } from '@/lib/access/roles/schemas';
import { routes } from '@/lib/routes';
import { RoleFindings } from './role-findings';

/** Roles of one kind, each with a link to what it may do. */
export function RolesTable({ roles, title }: { roles: readonly RoleSummary[]; title: string }) {
  const t = useTranslations('access.roles');
  const isOfPeople = roles.some(({ role }) => role);
  return (
    <Panel isFlush title={title} aside={<Count>{roles.length}</Count>}>
      <Table label={title}>
        <thead>
          <tr>
            <th scope="col">{t('role')}</th>
            <th scope="col" className="w-full">
              {t('purpose')}
            </th>
            <th scope="col">{t('trustedBy')}</th>
            {isOfPeople && (
              <th scope="col" className="num">
                {t('people')}
              </th>
            )}
            <th scope="col" className="num">
              {t('statements')}
            </th>
            <th scope="col" className="num">
              {t('findings')}
            </th>
            <th scope="col">{t('lastUsed')}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map((role) => (
            <RoleRow key={role.roleName} role={role} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function RoleRow({ role }: { role: RoleSummary }) {
  const t = useTranslations('access.roles');
  const access = useTranslations('access');
  const format = useFormatter();
  const { principals } = usePhrases()(role.trustedBy);
  const { roleName, description, people, statements, lastUsedAt, unread } = role;
  return (
    <tr>
      <th scope="row">
        <Link className="mono" href={routes.role(roleName) as Route}>
          {roleName}
        </Link>
      </th>
      <td className="!whitespace-normal min-w-64 py-1">
        {role.role ? access(`what.${role.role}`) : (description ?? '–')}
      </td>
      <td>{principals || <span className="muted">–</span>}</td>
      {people !== undefined && (
        <td className="num">
          <Link href={routes.access() as Route}>{format.number(people)}</Link>
        </td>
      )}
      <td className="num">
        <span className="inline-flex items-center gap-2">
          {unread.length > 0 && <State state="waiting">{t('partly')}</State>}
          {format.number(statements)}
        </span>
      </td>
      <td className="num">
        <Suspense fallback={<span className="muted">…</span>}>
          <RoleFindings roleName={roleName} />
        </Suspense>
      </td>
      <td>{lastUsedAt ? <RelativeTime value={lastUsedAt} /> : <span title={t('noUse')}>–</span>}</td>
    </tr>
  );
}
