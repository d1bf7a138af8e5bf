'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { EditorHandle } from '@/components/editor/sql-editor';
import { Skeleton } from '@/components/ui/skeleton';
import { fetchColumns, fetchDatabases, fetchTables } from '@/lib/catalog/query-options';
import type { TablePage } from '@/lib/catalog/schemas';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import { CatalogStore } from './catalog-store';
import { SavedQueries } from './saved-queries';
import { ShortcutList } from './shortcut-list';
import { tabStoreOf } from './tab-stores';
import { TableTree } from './table-tree';
import { useCommands } from './use-commands';
import { type OpenedLink, useOpenLinks } from './use-open-links';
import { WorkPane, type WorkPaneHandle } from './work-pane';
import { WorkTabList } from './work-tab-list';
import styles from './workbench.module.css';

interface WorkbenchProps {
  /** Whose tabs these are: people share computers. */
  person: string;
  /** The first tables of the lake's own database. */
  tables: TablePage;
  firstText: string;
  /** A statement that a link asks for. */
  query: string | undefined;
  /** What else a link asks for. */
  link: OpenedLink;
}

const source = { databases: fetchDatabases, tables: fetchTables, columns: fetchColumns, report: reportFrom };

/** Write statements, run them, look at their rows; a tab for each thing one is about. */
export function Workbench({ person, tables, firstText, query, link }: WorkbenchProps) {
  const t = useTranslations('sql');
  const [store] = useState(() => tabStoreOf(person, query ?? firstText));
  const [catalogStore] = useState(() => new CatalogStore(source, tables));
  // The server knows no tabs: they are this browser's.
  const state = useSyncExternalStore(store.subscribe, store.snapshot, () => undefined);
  const catalog = useSyncExternalStore(catalogStore.subscribe, catalogStore.snapshot, catalogStore.snapshot);
  // On a wide screen the tables are there until they are sent away, on a narrow one until they are asked for.
  const [showsTables, setShowsTables] = useState<boolean>();
  const [listsShortcuts, setListsShortcuts] = useState(false);
  const editor = useRef<EditorHandle>(null);
  const pane = useRef<WorkPaneHandle>(null);

  useEffect(() => {
    void catalogStore.load();
    return () => catalogStore.close();
  }, [catalogStore]);

  useEffect(() => {
    const flush = () => store.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [store]);

  useEffect(() => {
    if (query === undefined) return;
    store.open(query);
    // Else a reload would open it once more, whatever has become of the tab.
    window.history.replaceState(null, '', routes.sql());
  }, [query, store]);

  const isNarrow = () => window.matchMedia('(max-width: 720px)').matches;
  const leaveTree = () => isNarrow() && setShowsTables(false);
  const toggleTree = () => setShowsTables((shown) => !(shown ?? !isNarrow()));
  const commands = {
    run: () => pane.current?.run(),
    runAll: () => pane.current?.runAll(),
    cancel: () => pane.current?.cancel(),
    format: () => pane.current?.format(),
    save: () => pane.current?.save(),
    newTab: () => store.openEmpty(),
    closeTab: () => store.close(store.state.current),
    reopenTab: () => store.reopen(),
    nextTab: () => store.step(1),
    previousTab: () => store.step(-1),
    editor: () => editor.current?.focus(),
    parameters: () => focusFirst('#sql-parameters', 'input, select'),
    result: () => focusFirst('#sql-result-area', '[role="tab"][aria-selected="true"], [tabindex="0"], button, a'),
    tree: () => {
      setShowsTables(true);
      requestAnimationFrame(() => document.getElementById('sql-tree')?.focus());
    },
    toggleTree,
    shortcuts: () => setListsShortcuts(true),
  };
  useCommands(commands);
  useOpenLinks(store, link);

  const open = (sql: string) => {
    leaveTree();
    store.open(sql);
  };
  return (
    <div className={styles.page} data-tables={showsTables === false ? 'hidden' : showsTables ? 'shown' : undefined}>
      <h1 className="sr-only">{t('title')}</h1>
      <TableTree
        isShown={showsTables === true}
        catalog={catalog}
        onOpen={open}
        onInsert={(text) => {
          leaveTree();
          editor.current?.insert(text);
        }}
        onReload={() => void catalogStore.load()}
      >
        <SavedQueries
          onOpen={(saved) => {
            leaveTree();
            store.openSaved(saved);
          }}
        />
      </TableTree>
      {state ? (
        <div className={styles.work}>
          <WorkTabList store={store} state={state} onShortcuts={commands.shortcuts} />
          <WorkPane
            key={state.current}
            ref={pane}
            editor={editor}
            store={store}
            tab={store.current}
            catalog={catalog}
            onCatalogChanged={() => void catalogStore.load()}
            showsTables={showsTables === true}
            onShowTables={toggleTree}
          />
        </div>
      ) : (
        <div className="p-4">
          <Skeleton lines={8} />
        </div>
      )}
      {listsShortcuts && <ShortcutList onClose={() => setListsShortcuts(false)} />}
    </div>
  );
}

function focusFirst(within: string, what: string): void {
  document.querySelector(within)?.querySelector<HTMLElement>(what)?.focus();
}
