'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { CatalogTable } from '@/components/editor/editor-catalog';
import { IconButton } from '@/components/ui/button';
import { SearchInput } from '@/components/ui/input';
import type { WorkCatalog } from './catalog-store';
import { columnsText, sampleText, selectText, tableText } from './tree-actions';
import { TreeLine } from './tree-line';
import { type TreeRow, treeMove, treeRows } from './tree-rows';
import styles from './workbench.module.css';

const ROW_PX = 26;
const PAGE_ROWS = 10;

interface TableTreeProps {
  isShown: boolean;
  catalog: WorkCatalog;
  /** Opens a statement in a tab of its own. */
  onOpen: (sql: string) => void;
  /** Writes at the editor's cursor. */
  onInsert: (text: string) => void;
  onReload: () => void;
  /** What stands below the tables. */
  children?: ReactNode;
}

/** What can be asked about: databases, their tables, and the columns of those that are open. */
export function TableTree({ isShown, catalog, onOpen, onInsert, onReload, children }: TableTreeProps) {
  const t = useTranslations('sql');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([catalog.database]));
  const rows = treeRows(catalog, open, search);
  const setIsOpen = (row: TreeRow, isOpen: boolean) => {
    setOpen((before) => new Set(isOpen ? [...before, row.id] : [...before].filter((id) => id !== row.id)));
    if (isOpen && row.kind === 'table' && !row.table.columns) void catalog.columns(row.table.database, row.table.name);
  };
  const hasTables = catalog.tables.length > 0;
  return (
    <aside className={styles.tree} data-shown={isShown || undefined} aria-label={t('tables')}>
      <div className="flex items-center gap-1 p-2">
        <SearchInput
          id="sql-find"
          label={t('find')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('sql-tree')?.focus();
          }}
        />
        <IconButton icon={RefreshCw} size="sm" label={t('reloadTables')} onClick={onReload} />
      </div>
      <TreeBox
        rows={rows}
        label={t('tables')}
        catalog={catalog}
        onIsOpen={setIsOpen}
        onOpen={onOpen}
        onInsert={onInsert}
        note={treeNote()}
      />
      <div className={styles.below}>{children}</div>
    </aside>
  );

  function treeNote(): ReactNode {
    if (catalog.error) return <p className="px-3 py-1 text-failed text-xs">{catalog.error.message}</p>;
    if (hasTables && rows.length === 0) return <p className="faint px-3 py-1 text-xs">{t('noMatch')}</p>;
    if (hasTables) return null;
    return <p className="faint px-3 py-1 text-xs">{catalog.isWhole ? t('noTables') : t('loadingTables')}</p>;
  }
}

interface TreeBoxProps {
  rows: readonly TreeRow[];
  label: string;
  catalog: WorkCatalog;
  onIsOpen: (row: TreeRow, isOpen: boolean) => void;
  onOpen: (sql: string) => void;
  onInsert: (text: string) => void;
  note: ReactNode;
}

/** Any number of rows, of which those in sight are drawn: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
function TreeBox({ rows, label, catalog, onIsOpen, onOpen, onInsert, note }: TreeBoxProps) {
  // The virtualizer changes under the same reference: https://github.com/TanStack/virtual/issues/736
  'use no memo';
  const box = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string>();
  const [menuId, setMenuId] = useState<string>();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const found = rows.findIndex(({ id }) => id === activeId);
  const at = Math.max(0, found);
  const active = rows[at];
  const goTo = (index: number) => {
    setActiveId(rows[index]?.id);
    virtualizer.scrollToIndex(index);
  };
  const withColumns = (table: CatalogTable, act: (columns: WorkCatalog['tables'][number]['columns'] & {}) => void) =>
    void catalog.columns(table.database, table.name).then(act);
  const insertName = (row: TreeRow) => {
    if (row.kind === 'table') onInsert(tableText(row.table, catalog));
    else if (row.kind === 'column') onInsert(columnsText([row.column]));
    else if (row.kind === 'database') onIsOpen(row, !row.isOpen);
  };
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !active) return;
    const move = treeMove(rows, at, event.key, PAGE_ROWS);
    if (move && 'to' in move) goTo(move.to);
    else if (move) onIsOpen(active, 'open' in move);
    else if (event.key === 'Enter' && event.shiftKey && 'table' in active) onOpen(sampleText(active.table, catalog));
    else if (event.key === 'Enter') insertName(active);
    else if (event.key === ' ' && 'isOpen' in active) onIsOpen(active, !active.isOpen);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) setMenuId(active.id);
    else return;
    event.preventDefault();
  };
  const items = virtualizer.getVirtualItems();
  const isDrawn = items.some(({ index }) => index === at);
  return (
    <div
      ref={box}
      id="sql-tree"
      role="tree"
      aria-label={label}
      aria-activedescendant={active && isDrawn ? lineId(active) : undefined}
      tabIndex={0}
      className={styles.treeBox}
      onKeyDown={press}
    >
      {note}
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <TreeLine
              key={row.id}
              id={lineId(row)}
              row={row}
              top={item.start}
              isActive={item.index === at}
              isMenuOpen={menuId === row.id}
              onMenu={(isOpen) => {
                setActiveId(row.id);
                setMenuId(isOpen ? row.id : undefined);
              }}
              onMenuClosed={() => {
                // What was inserted is in the editor, and so is the person then.
                if (!document.activeElement?.closest('.cm-editor')) box.current?.focus();
              }}
              onClick={() => {
                setActiveId(row.id);
                if ('isOpen' in row) onIsOpen(row, !row.isOpen);
              }}
              onInsertName={() => insertName(row)}
              onSample={(table) => onOpen(sampleText(table, catalog))}
              onInsertColumns={(table) => withColumns(table, (columns) => onInsert(columnsText(columns)))}
              onInsertSelect={(table) => withColumns(table, (columns) => onInsert(selectText(table, columns, catalog)))}
            />
          );
        })}
      </div>
    </div>
  );
}

function lineId({ id }: TreeRow): string {
  return `tree-${id}`;
}
