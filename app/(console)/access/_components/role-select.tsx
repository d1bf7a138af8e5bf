'use client';
import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/input';
import type { Person } from '@/lib/access/person';
import { isRole } from '@/lib/auth/permissions';
import { RoleOptions } from './role-options';
import { useUpdatePerson } from './use-update-person';

/** `isOfGroups`: the identity provider's groups say what the role is, at each sign-in. */
export function RoleSelect({ person, isOfGroups }: { person: Person; isOfGroups: boolean }) {
  const t = useTranslations('access');
  const roles = useTranslations('roles');
  const { update, isPending } = useUpdatePerson();
  return (
    <Select
      size="sm"
      aria-label={t('changeRole', { name: person.name })}
      value={person.role}
      disabled={isPending || isOfGroups}
      title={isOfGroups ? t('roleOfGroups') : undefined}
      onChange={({ target: { value: role } }) => {
        if (isRole(role)) update({ id: person.id, role }, t('roleChanged', { name: person.name, role: roles(role) }));
      }}
    >
      <RoleOptions />
    </Select>
  );
}
