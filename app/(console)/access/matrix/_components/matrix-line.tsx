import { ChevronDown, ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import type { AccessMatrix, MatrixRole } from '@/lib/access/matrix/schemas';
import { routes } from '@/lib/routes';
import { type MatrixSearch, matrixQuery } from '../search-params';
import styles from './matrix.module.css';
import { MatrixCell } from './matrix-cell';
import type { MatrixLineData } from './matrix-lines';
import type { MatrixSpot } from './matrix-view';
import { useRoleName } from './use-role-name';

interface MatrixLineProps {
  line: MatrixLineData;
  row: number;
  matrix: AccessMatrix;
  search: MatrixSearch;
  /** The cell that the keyboard is in. */
  active: { row: number; column: number };
  open: MatrixSpot | undefined;
  onToggle: (roleName: string) => void;
  onOpen: (spot: MatrixSpot, column: number, cell: HTMLElement) => void;
}

export function MatrixLine({ line, row, matrix, search, active, open, onToggle, onOpen }: MatrixLineProps) {
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <LineName line={line} search={search} onToggle={onToggle} />
      </th>
      {line.spots.map((spot, column) => (
        <MatrixCell
          key={`${spot.role} ${spot.entry.action}`}
          matrix={matrix}
          spot={spot}
          place={`${row} ${column}`}
          isActive={active.row === row && active.column === column}
          isOpen={open === spot}
          onOpen={(cell) => onOpen(spot, column, cell)}
        />
      ))}
    </tr>
  );
}

function LineName({ line, search, onToggle }: Pick<MatrixLineProps, 'line' | 'search' | 'onToggle'>) {
  if (line.kind === 'role') {
    const { role, isExpanded } = line;
    return <RoleName role={role} isExpanded={isExpanded} onToggle={() => onToggle(role.roleName)} />;
  }
  if (line.kind === 'person') {
    const { name, email } = line.person;
    return (
      <span className="pl-6" title={email}>
        {name}
      </span>
    );
  }
  const one = { ...search, dataset: line.dataset, action: undefined, search: undefined, page: undefined };
  return <Link href={routes.accessMatrix(matrixQuery(one)) as Route}>{line.dataset}</Link>;
}

function RoleName({ role, isExpanded, onToggle }: { role: MatrixRole; isExpanded: boolean; onToggle: () => void }) {
  const t = useTranslations('access.matrix');
  const nameOf = useRoleName();
  const { people = [] } = role;
  if (people.length === 0) return <span className="pl-6">{nameOf(role)}</span>;
  return (
    <button
      type="button"
      className="flex min-h-6 cursor-pointer items-center gap-2"
      aria-expanded={isExpanded}
      onClick={onToggle}
    >
      <Icon of={isExpanded ? ChevronDown : ChevronRight} size="s" />
      {nameOf(role)}
      <span className="muted text-xs">{t('peopleCount', { count: people.length })}</span>
    </button>
  );
}
