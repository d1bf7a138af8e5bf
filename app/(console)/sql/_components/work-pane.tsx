'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import type { EditorSelection, SqlEditorProps } from '@/components/editor/sql-editor';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import type { TableSummary } from '@/lib/catalog/schemas';
import { DraftText } from './cost/draft-text';
import { Estimate } from './cost/estimate';
import { PastNote } from './past-note';
import { PlanView } from './plan/plan-view';
import { QueryResult } from './query-result';
import { RunBar } from './run-bar';
import { SaveQuery } from './save-query';
import { StatementProblem } from './statement-problem';
import type { TabStore, WorkTab } from './tab-store';
import { useStatement } from './use-statement';
import styles from './workbench.module.css';

const SqlEditor = dynamic<SqlEditorProps>(() => import('@/components/editor/sql-editor'), {
  ssr: false,
  loading: () => (
    <div className="p-4">
      <Skeleton />
    </div>
  ),
});

interface WorkPaneProps {
  store: TabStore;
  tab: WorkTab;
  database: string;
  tables: readonly TableSummary[];
  showsTables: boolean;
  onShowTables: () => void;
}

/** One tab: what is written in it, and what came of it. */
export function WorkPane({ store, tab, database, tables, showsTables, onShowTables }: WorkPaneProps) {
  const t = useTranslations('sql');
  const statement = useStatement(tab, store);
  const [isSaving, setIsSaving] = useState(false);
  const written = useRef(tab.selection);
  const [draft] = useState(() => new DraftText(tab.selection));
  const [explained, setExplained] = useState<string>();
  const run = (selection: EditorSelection) => {
    setExplained(undefined);
    statement.run(selection);
  };
  const schema = useMemo(() => {
    const names = Object.fromEntries(tables.map((table) => [table.name, table.columns.map(({ name }) => name)]));
    return { [database]: names, ...names };
  }, [database, tables]);
  return (
    <div className={styles.pane} role="tabpanel" id={`panel-${tab.id}`} aria-labelledby={`tab-${tab.id}`}>
      <div className={styles.editor}>
        <SqlEditor
          label={t('editor')}
          initial={tab.selection}
          schema={schema}
          mark={statement.mark}
          onChange={(selection) => {
            written.current = selection;
            draft.write(selection);
            store.write(tab.id, selection);
          }}
          onRun={run}
          onSave={() => setIsSaving(true)}
        />
      </div>
      <PastNote past={statement.past} />
      {statement.query?.error && <StatementProblem error={statement.query.error} place={statement.place} />}
      <RunBar
        statement={statement}
        onRun={() => run(written.current)}
        onSave={() => setIsSaving(true)}
        showsTables={showsTables}
        onShowTables={onShowTables}
      >
        <Estimate draft={draft} onExplain={setExplained} />
      </RunBar>
      <div className={styles.result}>
        {explained ? (
          <PlanView sql={explained} onClose={() => setExplained(undefined)} />
        ) : statement.refusal ? (
          <div className="p-4">
            <Failure error={statement.refusal} />
          </div>
        ) : (
          <QueryResult query={statement.query} />
        )}
      </div>
      {isSaving && <SaveQuery store={store} tab={tab} text={written.current.text} onDone={() => setIsSaving(false)} />}
    </div>
  );
}
