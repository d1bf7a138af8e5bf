import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { MatrixRole } from '@/lib/access/matrix/schemas';
import { routes } from '@/lib/routes';
import { type MatrixSearch, matrixQuery } from '../search-params';
import styles from './matrix.module.css';
import type { MatrixView } from './matrix-view';
import { useRoleName } from './use-role-name';

/** The columns: actions, each of which leads to all datasets, or roles, each of which leads to its page. */
export function MatrixHead({ view, search }: { view: MatrixView; search: MatrixSearch }) {
  const t = useTranslations('access.matrix');
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.name}>
          {view.by === 'dataset' ? t('who') : t('dataset')}
        </th>
        {view.by === 'dataset'
          ? view.columns.map(({ action }) => (
              <th key={action} scope="col" className={styles.column}>
                <Link
                  href={routes.accessMatrix(matrixQuery({ ...search, dataset: undefined, action })) as Route}
                  title={t('onAll', { action: t(`actions.${action}`) })}
                >
                  {t(`actions.${action}`)}
                </Link>
              </th>
            ))
          : view.columns.map((role) => <RoleHead key={role.roleName} role={role} />)}
      </tr>
    </thead>
  );
}

function RoleHead({ role }: { role: MatrixRole }) {
  const t = useTranslations('access.matrix');
  const nameOf = useRoleName();
  return (
    <th scope="col" className={styles.column}>
      <Link href={routes.role(role.roleName) as Route} title={role.roleName}>
        {nameOf(role)}
      </Link>
      {role.people && (
        <span className="muted block font-normal" title={role.people.map(({ name }) => name).join(', ')}>
          {t('peopleCount', { count: role.people.length })}
        </span>
      )}
    </th>
  );
}
