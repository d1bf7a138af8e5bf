'use client';
import { ChevronDown, ChevronRight, SquareTerminal, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ColumnIcon } from '@/components/table/column-icon';
import { Amount } from '@/components/ui/amount';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { SearchInput } from '@/components/ui/input';
import type { TableSummary } from '@/lib/catalog/schemas';
import styles from './workbench.module.css';

interface TableTreeProps {
  /** On a narrow screen it stands in the editor's way until it is asked for. */
  isShown: boolean;
  database: string;
  tables: readonly TableSummary[];
  onOpen: (table: string) => void;
  /** What stands below the tables. */
  children?: ReactNode;
}

/** What can be asked about: tables, and the columns of those that are unfolded. */
export function TableTree({ isShown, database, tables, onOpen, children }: TableTreeProps) {
  const t = useTranslations('sql');
  const [search, setSearch] = useState('');
  const [unfolded, setUnfolded] = useState<readonly string[]>(
    tables.length === 1 ? tables.map((table) => table.name) : [],
  );
  const wanted = search.trim().toLowerCase();
  const shown = tables.filter((table) => matches(table, wanted));
  const toggle = (name: string) =>
    setUnfolded((names) => (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]));
  return (
    <aside className={styles.tree} data-shown={isShown || undefined} aria-label={t('tables')}>
      <div className="p-2">
        <SearchInput label={t('find')} value={search} onChange={(event) => setSearch(event.target.value)} />
      </div>
      <p className="faint px-3 py-1 text-2xs">{database}</p>
      {shown.length === 0 && <p className="faint px-3 text-xs">{wanted ? t('noMatch') : t('noTables')}</p>}
      <ul>
        {shown.map((table) => (
          <TreeTable
            key={table.name}
            table={table}
            isOpen={unfolded.includes(table.name) || (wanted !== '' && !table.name.includes(wanted))}
            onToggle={() => toggle(table.name)}
            onOpen={() => onOpen(table.name)}
          />
        ))}
      </ul>
      {children}
    </aside>
  );
}

function matches(table: TableSummary, wanted: string): boolean {
  return [table.name, ...table.columns.map((column) => column.name)].some((name) => name.includes(wanted));
}

interface TreeTableProps {
  table: TableSummary;
  isOpen: boolean;
  onToggle: () => void;
  onOpen: () => void;
}

function TreeTable({ table, isOpen, onToggle, onOpen }: TreeTableProps) {
  const t = useTranslations('sql');
  return (
    <li>
      <div className="flex items-center gap-1 pr-1 pl-2">
        <button type="button" className={styles.branch} aria-expanded={isOpen} onClick={onToggle}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
          <Icon of={Table2} size="s" />
          <span className="truncate">{table.name}</span>
          <span className="faint ml-auto">
            <Amount value={table.rows} />
          </span>
        </button>
        <IconButton icon={SquareTerminal} size="sm" label={t('openTable', { table: table.name })} onClick={onOpen} />
      </div>
      {isOpen && (
        <ul>
          {table.columns.map((column) => (
            <li key={column.name} className="flex h-6 items-center gap-1.5 pr-3 pl-9 text-xs">
              <ColumnIcon type={column.type} />
              <span className="mono truncate">{column.name}</span>
              <span className="faint ml-auto">{column.type}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
