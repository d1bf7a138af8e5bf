import { useTranslations } from 'next-intl';
import type { MatrixRole } from '@/lib/access/matrix/schemas';

/** People's roles are called as everywhere in the console; those of services by their names in IAM. */
export function useRoleName(): (role: Pick<MatrixRole, 'role' | 'roleName'>) => string {
  const t = useTranslations('roles');
  return ({ role, roleName }) => (role ? t(role) : roleName.replace(/^lacustre-|-role$/g, ''));
}
