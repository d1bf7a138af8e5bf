'use client';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { type Ref, type RefObject, useImperativeHandle, useRef, useState } from 'react';
import type { EditorHandle, SqlEditorProps } from '@/components/editor/sql-editor';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import { useToast } from '@/components/ui/toast';
import { formatBytes } from '@/lib/format/bytes';
import { isLocale } from '@/lib/i18n/locales';
import type { ChartConfig } from '@/lib/query/chart-config';
import { nameIn } from '@/lib/query/saved/folders';
import type { WorkCatalog } from './catalog-store';
import { DraftText } from './cost/draft-text';
import { Estimate } from './cost/estimate';
import { ParameterBar } from './parameter-bar';
import { PastNote } from './past-note';
import { PlanView } from './plan/plan-view';
import { QueryResult } from './query-result';
import { ResultTabs } from './result-tabs';
import { RunBar } from './run-bar';
import { SaveQuery } from './save-query';
import type { TabStore, WorkTab } from './tab-store';
import { usePlaces } from './use-places';
import { type RunningStatement, useStatement } from './use-statement';
import styles from './workbench.module.css';

const SqlEditor = dynamic<SqlEditorProps>(() => import('@/components/editor/sql-editor'), {
  ssr: false,
  loading: () => (
    <div className="p-4">
      <Skeleton />
    </div>
  ),
});

/** What keys do in the current tab. */
export interface WorkPaneHandle {
  run: () => void;
  runAll: () => void;
  cancel: () => void;
  format: () => void;
  save: () => void;
}

interface WorkPaneProps {
  ref: Ref<WorkPaneHandle>;
  /** Set to the editor once it is there. */
  editor: RefObject<EditorHandle | null>;
  store: TabStore;
  tab: WorkTab;
  catalog: WorkCatalog;
  onCatalogChanged: () => void;
  showsTables: boolean;
  onShowTables: () => void;
}

/** One tab: what is written in it, and what came of it. */
export function WorkPane({ ref, editor, store, tab, catalog, onCatalogChanged, ...tables }: WorkPaneProps) {
  const t = useTranslations('sql');
  const toast = useToast();
  const statement = useStatement(tab, store, onCatalogChanged);
  const [isSaving, setIsSaving] = useState(false);
  const written = useRef(tab.selection);
  const [draft] = useState(() => new DraftText(tab.selection));
  const [explained, setExplained] = useState<string>();
  const { places, names, follow } = usePlaces(tab.selection, tab.saved?.parameters);
  const words = useEditorWords();

  const format = () => {
    editor.current?.format().catch((error: Error) => {
      toast({ state: 'failed', title: t('notFormatted'), body: error.message.split('\n')[0] ?? '' });
    });
  };
  const commands = {
    run: () => {
      setExplained(undefined);
      statement.run(written.current);
    },
    runAll: () => {
      setExplained(undefined);
      statement.runAll(written.current.text);
    },
    cancel: statement.cancel,
    format,
    save: () => setIsSaving(true),
  };
  useImperativeHandle(ref, () => commands);
  return (
    <div className={styles.pane} role="tabpanel" id={`panel-${tab.id}`} aria-labelledby={`tab-${tab.id}`}>
      <div className={styles.editor}>
        <SqlEditor
          label={t('editor')}
          initial={tab.selection}
          catalog={catalog}
          words={words}
          mark={statement.mark}
          onReady={(handle) => {
            editor.current = handle;
          }}
          onChange={(selection) => {
            written.current = selection;
            draft.write(selection);
            store.write(tab.id, selection);
            follow(selection);
          }}
        />
      </div>
      <div className={styles.notes}>
        <PastNote past={statement.past} />
        <ParameterBar
          places={places}
          names={names}
          values={tab.parameters}
          missing={statement.missing}
          onChange={(parameters) => store.change(tab.id, { parameters })}
        />
        <RunBar
          statement={statement}
          onRun={commands.run}
          onRunAll={commands.runAll}
          onFormat={format}
          onSave={commands.save}
          {...tables}
        >
          <Estimate draft={draft} onExplain={setExplained} />
        </RunBar>
      </div>
      {explained ? (
        <PlanView sql={explained} onClose={() => setExplained(undefined)} />
      ) : (
        <ResultArea
          statement={statement}
          name={tab.saved && nameIn(tab.saved.name)}
          chart={tab.chart}
          onChartChange={(chart) => store.change(tab.id, { chart })}
        />
      )}
      {isSaving && <SaveQuery store={store} tab={tab} text={written.current.text} onDone={() => setIsSaving(false)} />}
    </div>
  );
}

interface ResultAreaProps {
  statement: RunningStatement;
  name: string | undefined;
  chart: ChartConfig | undefined;
  onChartChange: (chart: ChartConfig) => void;
}

function ResultArea({ statement, ...drawn }: ResultAreaProps) {
  const t = useTranslations('sql');
  const { runs, shown, refusal, query, place } = statement;
  const isTabbed = runs.length > 1;
  const current = runs[shown];
  return (
    <div id="sql-result-area" className={styles.resultArea}>
      <ResultTabs statement={statement} />
      <div
        id="sql-result"
        className={styles.result}
        {...(isTabbed ? { role: 'tabpanel', 'aria-labelledby': `result-${shown}` } : {})}
      >
        {refusal ? (
          <div className="p-4">
            {/* What cannot be read is changed and run once more: to try again would change nothing. */}
            <Failure error={refusal} isInForm={refusal.code === 'INVALID'} />
          </div>
        ) : current?.state === 'notRun' ? (
          <p className="muted p-4">{t(isTabbed ? 'ran.notRunWhy' : 'ran.notRun')}</p>
        ) : (
          <QueryResult query={query} place={place} {...drawn} />
        )}
      </div>
    </div>
  );
}

function useEditorWords() {
  const t = useTranslations('sql');
  const locale = useLocale();
  return {
    locale: isLocale(locale) ? locale : ('en' as const),
    unknownTable: (table: string) => t('unknownTable', { table }),
    view: t('words.view'),
    table: t('words.table'),
    rows: (count: number) => t('rowCount', { count }),
    bytes: (count: number) => formatBytes(count, locale),
  };
}
