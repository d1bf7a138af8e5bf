'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count, Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { Person } from '@/lib/access/person';
import { routes } from '@/lib/routes';
import { PersonMenu } from './person-menu';
import { RoleSelect } from './role-select';

interface PeopleTableProps {
  people: readonly Person[];
  ownId: string;
  /** Whether people may sign in by a password here. */
  hasPasswords: boolean;
  /** Whether the identity provider's groups give the roles. */
  hasRoleRules: boolean;
}

/** A role that was changed here would last until they sign in again. */
const isOfProviderAlone = ({ ways }: Person) => ways.length === 1 && ways[0] === 'oidc';

export function PeopleTable({ people, ownId, hasPasswords, hasRoleRules }: PeopleTableProps) {
  const t = useTranslations('access');
  return (
    <Panel title={t('people')} aside={<Count>{people.length}</Count>} isFlush>
      <Table label={t('people')}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('lastSignIn')}</th>
            <th scope="col">
              <span className="sr-only">{t('more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <Link href={routes.person(person.id) as Route}>{person.name}</Link>{' '}
                {person.id === ownId && <Tag>{t('you')}</Tag>}
              </th>
              <td>{person.email}</td>
              <td>
                <RoleSelect person={person} isOfGroups={hasRoleRules && isOfProviderAlone(person)} />
              </td>
              <td>
                <State state={person.isActive ? 'succeeded' : 'stopped'}>
                  {person.isActive ? t('active') : t('inactive')}
                </State>
              </td>
              <td>{person.lastSignInAt ? <RelativeTime value={person.lastSignInAt} /> : t('never')}</td>
              <td className="num">
                <PersonMenu person={person} hasPasswords={hasPasswords} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
