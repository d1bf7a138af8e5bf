'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import type { TableSummary } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';
import { SavedQueries } from './saved-queries';
import { type TabMemory, TabStore } from './tab-store';
import { TableTree } from './table-tree';
import { type OpenedLink, useOpenLinks } from './use-open-links';
import { WorkPane } from './work-pane';
import { WorkTabList } from './work-tab-list';
import styles from './workbench.module.css';

interface WorkbenchProps {
  /** Whose tabs these are: people share computers. */
  person: string;
  database: string;
  tables: readonly TableSummary[];
  firstText: string;
  /** A statement that a link asks for. */
  query: string | undefined;
  /** What else a link asks for. */
  link: OpenedLink;
}

/** Write statements, run them, look at their rows; a tab for each thing one is about. */
export function Workbench({ person, database, tables, firstText, query, link }: WorkbenchProps) {
  const t = useTranslations('sql');
  const [store] = useState(() => new TabStore(memoryOf(person), () => crypto.randomUUID(), query ?? firstText));
  // The server knows no tabs: they are this browser's.
  const state = useSyncExternalStore(store.subscribe, store.snapshot, () => undefined);
  const [showsTables, setShowsTables] = useState(false);

  useEffect(() => {
    if (query === undefined) return;
    store.open(query);
    // Else a reload would open it once more, whatever has become of the tab.
    window.history.replaceState(null, '', routes.sql());
  }, [query, store]);

  useOpenLinks(store, link);

  const open = (sql: string) => {
    setShowsTables(false);
    store.open(sql);
  };
  return (
    <div className={styles.page}>
      <h1 className="sr-only">{t('title')}</h1>
      <TableTree
        isShown={showsTables}
        database={database}
        tables={tables}
        onOpen={(table) => open(`SELECT *\nFROM ${table}\nLIMIT 100`)}
      >
        <SavedQueries
          onOpen={(saved) => {
            setShowsTables(false);
            store.openSaved(saved);
          }}
        />
      </TableTree>
      {state ? (
        <div className={styles.work}>
          <WorkTabList store={store} state={state} />
          <WorkPane
            key={state.current}
            store={store}
            tab={store.current}
            database={database}
            tables={tables}
            showsTables={showsTables}
            onShowTables={() => setShowsTables(!showsTables)}
          />
        </div>
      ) : (
        <div className="p-4">
          <Skeleton lines={8} />
        </div>
      )}
    </div>
  );
}

/** Tabs that cannot be kept (a private window, no room) still work until the page is left. */
function memoryOf(person: string): TabMemory {
  const name = `lacustre.sql ${person}`;
  return {
    read: () => (typeof window === 'undefined' ? null : attempt(() => localStorage.getItem(name))),
    write: (text) => void attempt(() => localStorage.setItem(name, text)),
  };
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
