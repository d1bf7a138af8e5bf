'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { EditorSelection, SqlEditorProps } from '@/components/editor/sql-editor';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import type { TableSummary } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';
import { PastNote } from './past-note';
import { QueryResult } from './query-result';
import { RunBar } from './run-bar';
import { StatementProblem } from './statement-problem';
import { TableTree } from './table-tree';
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

interface WorkbenchProps {
  database: string;
  tables: readonly TableSummary[];
  initialText: string;
}

/** Write a statement, run it, look at its rows. */
export function Workbench({ database, tables, initialText }: WorkbenchProps) {
  const t = useTranslations('sql');
  const written = useRef<EditorSelection>({ text: initialText, from: 0, to: 0 });
  const [opened, setOpened] = useState({ text: initialText, count: 0 });
  const [showsTables, setShowsTables] = useState(false);
  const statement = useStatement();
  const schema = { [database]: Object.fromEntries(tables.map(namesOf)), ...Object.fromEntries(tables.map(namesOf)) };

  const run = (selection: EditorSelection) => {
    window.history.replaceState(null, '', routes.sql({ query: selection.text }));
    statement.run(selection);
  };
  const open = (sql: string) => {
    written.current = { text: sql, from: 0, to: 0 };
    setShowsTables(false);
    setOpened(({ count }) => ({ text: sql, count: count + 1 }));
  };
  return (
    <div className={styles.page}>
      <h1 className="sr-only">{t('title')}</h1>
      <TableTree
        isShown={showsTables}
        database={database}
        tables={tables}
        onOpen={(table) => open(`SELECT *\nFROM ${table}\nLIMIT 100`)}
      />
      <div className={styles.work}>
        <div className={styles.editor}>
          <SqlEditor
            key={opened.count}
            label={t('editor')}
            initialText={opened.text}
            schema={schema}
            mark={statement.mark}
            onChange={(selection) => {
              written.current = selection;
            }}
            onRun={run}
          />
        </div>
        <PastNote past={statement.past} />
        {statement.query?.error && <StatementProblem error={statement.query.error} place={statement.place} />}
        <RunBar
          statement={statement}
          onRun={() => run(written.current)}
          showsTables={showsTables}
          onShowTables={() => setShowsTables(!showsTables)}
        />
        <div className={styles.result}>
          {statement.refusal ? (
            <div className="p-4">
              <Failure error={statement.refusal} />
            </div>
          ) : (
            <QueryResult query={statement.query} />
          )}
        </div>
      </div>
    </div>
  );
}

function namesOf(table: TableSummary): [string, string[]] {
  return [table.name, table.columns.map((column) => column.name)];
}
