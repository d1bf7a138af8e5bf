'use client';
import { useTranslations } from 'next-intl';
import { ROLES } from '@/lib/auth/permissions';

/** The options of a Select of roles. */
export function RoleOptions() {
  const t = useTranslations('roles');
  return ROLES.map((role) => (
    <option key={role} value={role}>
      {t(role)}
    </option>
  ));
}
