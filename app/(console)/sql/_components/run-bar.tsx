'use client';
import { AlignLeft, ListOrdered, Play, Save, Square, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import type { Query } from '@/lib/query/schemas';
import { RunStatistics } from './cost/run-statistics';
import { KeyCaps } from './shortcut-list';
import { KEYS } from './shortcuts';
import type { RunningStatement } from './use-statement';

interface RunBarProps {
  statement: RunningStatement;
  onRun: () => void;
  onRunAll: () => void;
  onFormat: () => void;
  onSave: () => void;
  showsTables: boolean;
  onShowTables: () => void;
  /** What the statement will cost, on a line of its own. */
  children?: ReactNode;
}

export function RunBar({
  statement,
  onRun,
  onRunAll,
  onFormat,
  onSave,
  showsTables,
  onShowTables,
  children,
}: RunBarProps) {
  const t = useTranslations('sql');
  const { query, isBusy, isCancelling, cancel, past } = statement;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-2 border-line border-y bg-canvas px-3 py-1.5">
      <Button variant="primary" icon={Play} isPending={isBusy} onClick={onRun}>
        {t('run')}
        <span className="max-sm:hidden" aria-hidden="true">
          <KeyCaps keys={KEYS.run} />
        </span>
      </Button>
      {!isBusy && (
        <Button icon={ListOrdered} onClick={onRunAll}>
          <span className="max-sm:sr-only">{t('runAll')}</span>
        </Button>
      )}
      {isBusy && (
        <Button icon={Square} isPending={isCancelling} onClick={cancel}>
          {t('cancel')}
        </Button>
      )}
      <span
        role="status"
        className="flex min-w-0 flex-1 max-sm:order-last max-sm:basis-full flex-wrap items-center gap-x-2 text-xs"
      >
        {isBusy && !query && <State state="waiting">{t(past.isPreparing ? 'past.preparing' : 'sending')}</State>}
        {query && <QueryState query={query} />}
      </span>
      <span className="grow sm:hidden" />
      <Button icon={AlignLeft} onClick={onFormat}>
        <span className="max-sm:sr-only">{t('format')}</span>
      </Button>
      <Button icon={Save} onClick={onSave}>
        <span className="max-sm:sr-only">{t('save')}</span>
      </Button>
      <span className="sm:hidden">
        <Button icon={Table2} onClick={onShowTables}>
          {showsTables ? t('hideTables') : t('tables')}
        </Button>
      </span>
      {children}
    </div>
  );
}

const states = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
} as const;

function QueryState({ query }: { query: Query }) {
  const t = useTranslations('sql');
  return (
    <>
      <State state={states[query.status]}>{t(`status.${query.status}`)}</State>
      <RunStatistics query={query} />
    </>
  );
}
