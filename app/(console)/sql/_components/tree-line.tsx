'use client';
import {
  ChevronDown,
  ChevronRight,
  Columns3,
  Database,
  Ellipsis,
  Eye,
  SquareTerminal,
  Table2,
  TextCursorInput,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CatalogTable } from '@/components/editor/editor-catalog';
import { ColumnIcon } from '@/components/table/column-icon';
import { Amount, Bytes } from '@/components/ui/amount';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import type { TreeRow } from './tree-rows';
import styles from './workbench.module.css';

interface TreeLineProps {
  id: string;
  row: TreeRow;
  /** Where it stands, in pixels. */
  top: number;
  isActive: boolean;
  isMenuOpen: boolean;
  onMenu: (isOpen: boolean) => void;
  onMenuClosed: () => void;
  onClick: () => void;
  onInsertName: () => void;
  onSample: (table: CatalogTable) => void;
  onInsertColumns: (table: CatalogTable) => void;
  onInsertSelect: (table: CatalogTable) => void;
}

/** A line of the tree. Keys are the tree's: focus stays there, and says which line it is at. */
export function TreeLine(props: TreeLineProps) {
  const { id, row, top, isActive, onClick, onMenu } = props;
  const hasActions = row.kind === 'table' || row.kind === 'column';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree that holds it listens to keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the active line.
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-expanded={'isOpen' in row ? row.isOpen : undefined}
      aria-selected={isActive}
      data-active={isActive || undefined}
      className={styles.line}
      style={{ top, paddingLeft: 6 + (row.level - 1) * 14 }}
      onClick={onClick}
      onContextMenu={(event) => {
        if (!hasActions) return;
        event.preventDefault();
        onMenu(true);
      }}
    >
      <LineContent row={row} />
      {hasActions && <LineActions {...props} row={row} />}
    </div>
  );
}

function LineContent({ row }: { row: TreeRow }) {
  const t = useTranslations('sql');
  switch (row.kind) {
    case 'database':
      return (
        <>
          <Icon of={row.isOpen ? ChevronDown : ChevronRight} size="s" />
          <Icon of={Database} size="s" />
          <span className="truncate">{row.database}</span>
          <span className={styles.fact}>
            <Amount value={row.count} />
          </span>
        </>
      );
    case 'table':
      return <TableContent table={row.table} isOpen={row.isOpen} />;
    case 'column':
      return (
        <>
          <ColumnIcon type={row.column.type ?? ''} />
          <span className="mono truncate" title={row.column.comment}>
            {row.column.name}
          </span>
          <span className={styles.fact}>{row.column.type}</span>
        </>
      );
    case 'loading':
      return <span className="faint">{t('loadingColumns')}</span>;
  }
}

function TableContent({ table, isOpen }: { table: CatalogTable; isOpen: boolean }) {
  const t = useTranslations('sql');
  const { name, isView, rows, sizeBytes } = table;
  return (
    <>
      <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
      <Icon of={isView ? Eye : Table2} size="s" />
      <span className="min-w-0 truncate" title={name}>
        {name}
      </span>
      <span className={styles.fact}>
        {rows !== undefined && (
          <>
            <Amount value={rows} />
            <span className="sr-only"> {t('rowsUnit')}</span>
          </>
        )}
        {isOpen && sizeBytes !== undefined && (
          <>
            {' · '}
            <Bytes value={sizeBytes} />
          </>
        )}
      </span>
    </>
  );
}

type LineActionsProps = Omit<TreeLineProps, 'row'> & { row: TreeRow & { kind: 'table' | 'column' } };

function LineActions(props: LineActionsProps) {
  const t = useTranslations('sql.tree');
  const { row, isActive, isMenuOpen, onMenu, onMenuClosed, onInsertName } = props;
  const insertName = { label: t('insertName'), icon: TextCursorInput, onSelect: onInsertName };
  const items =
    row.kind === 'column'
      ? [insertName]
      : [
          { label: t('sample'), icon: SquareTerminal, onSelect: () => props.onSample(row.table) },
          insertName,
          { label: t('insertColumns'), icon: Columns3, onSelect: () => props.onInsertColumns(row.table) },
          { label: t('insertSelect'), icon: Table2, onSelect: () => props.onInsertSelect(row.table) },
        ];
  const name = row.kind === 'column' ? row.column.name : row.table.name;
  const button = { icon: Ellipsis, size: 'sm', label: t('actions', { name }), tabIndex: -1 } as const;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press within the menu is none on the line around it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <span
      className={styles.lineActions}
      data-open={isMenuOpen || undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {/* A menu listens to all keys of the page: one for each line would be asked at each letter of the editor. */}
      {isActive || isMenuOpen ? (
        <Menu
          isOpen={isMenuOpen}
          onOpenChange={onMenu}
          onClosed={onMenuClosed}
          items={items}
          trigger={<IconButton {...button} />}
        />
      ) : (
        <IconButton {...button} aria-haspopup="menu" onClick={() => onMenu(true)} />
      )}
    </span>
  );
}
