import { useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import type { RoleAccess, TableAccess } from '@/lib/catalog/schemas';
import { canQuery, isAllowed } from './is-allowed';

/** The people of the console, each with what their role lets them do. */
export function PeopleOfTable({ roles, people, isWhole }: TableAccess) {
  const t = useTranslations('tableAccess');
  const roleNames = useTranslations('roles');
  const byRole = new Map(roles.map((access) => [access.role, access]));
  return (
    <Panel isFlush title={t(isWhole ? 'people' : 'you')} aside={isWhole ? people.length : undefined}>
      <Table label={t(isWhole ? 'people' : 'you')}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col" className="w-full">
              {t('mayDo')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{person.email}</td>
              <td>{roleNames(person.role)}</td>
              <td>
                <Reach access={byRole.get(person.role)} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Reach({ access }: { access: RoleAccess | undefined }) {
  const t = useTranslations('tableAccess.reach');
  if (!access) return <span className="muted">–</span>;
  if (canQuery(access)) return <State state="succeeded">{t('queries')}</State>;
  if (isAllowed(access, 'entry') && isAllowed(access, 'rows')) return <State state="succeeded">{t('rows')}</State>;
  if (isAllowed(access, 'entry')) return <State state="waiting">{t('entry')}</State>;
  return <State state="stopped">{t('nothing')}</State>;
}
