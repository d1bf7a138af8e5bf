'use client';
import { ChevronDown, CircleAlert, ScanLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { replaceText } from '@/components/editor/replace-text';
import { Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { Estimate as Estimated, Rewrite } from '@/lib/query/cost/schemas';
import { statementOf } from '../use-statement';
import type { DraftText } from './draft-text';
import { EstimatedTables } from './estimated-tables';
import { RewriteList } from './rewrite-list';
import { ScanPrice } from './scan-price';
import { useEstimate } from './use-estimate';

/** What the statement will scan and cost, in a line; behind it what of which table, and how it would be cheaper. */
export function Estimate({ draft, onExplain }: { draft: DraftText; onExplain: (sql: string) => void }) {
  const t = useTranslations('sql.cost');
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { statement, estimate, error, isFetching, isOfBefore } = useEstimate(draft);
  const apply = async (rewrite: Rewrite) => {
    const pane = root.current?.closest<HTMLElement>('[role=tabpanel]');
    // Who writes on has another statement there by now.
    const isStill = draft.value.text.slice(statement.from, statement.to) === statement.sql;
    if (pane && isStill && !isOfBefore)
      await replaceText(pane, { from: statement.from, to: statement.to, insert: rewrite.sql });
  };
  if (statement.sql === '') return null;
  const scan = estimate?.status === 'scan' ? estimate : undefined;
  const cheaper = scan?.rewrites.filter(({ savedBytes }) => savedBytes > 0).length ?? 0;
  return (
    <div
      ref={root}
      className="flex min-w-0 basis-full flex-wrap items-center gap-x-2 gap-y-1 text-xs"
      aria-busy={isFetching}
    >
      <Icon of={ScanLine} size="s" />
      <span className="sr-only">{t('title')}</span>
      <span className="min-w-0 tabular-nums" data-testid="estimate">
        {estimate ? (
          <Line estimate={estimate} />
        ) : (
          <span className="muted">{t(error ? 'unknown.unreachable' : 'asking')}</span>
        )}
      </span>
      {scan && (
        <button
          type="button"
          className="btn ghost sm"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {cheaper > 0 ? t('cheaper', { count: cheaper }) : t('details')}
          <Icon of={ChevronDown} size="s" />
        </button>
      )}
      {/* Of what stands there now: the estimate follows a moment later. */}
      <Button variant="ghost" size="sm" onClick={() => onExplain(statementOf(draft.value).sql)}>
        {t('plan')}
      </Button>
      {scan?.cutoffBytes !== undefined && scan.bytes > scan.cutoffBytes && (
        <p role="alert" className="flex basis-full items-center gap-1 text-failed">
          <Icon of={CircleAlert} size="s" />
          {t.rich('overCutoff', { bytes: () => <Bytes value={scan.cutoffBytes} /> })}
        </p>
      )}
      {scan && isOpen && (
        <div
          id={id}
          className="mb-1 grid max-h-72 basis-full gap-3 overflow-auto rounded border border-line bg-surface p-3"
        >
          <RewriteList rewrites={scan.rewrites} notes={scan.notes} onApply={apply} />
          <EstimatedTables estimate={scan} />
        </div>
      )}
    </div>
  );
}

function Line({ estimate }: { estimate: Estimated }) {
  const t = useTranslations('sql.cost');
  if (estimate.status === 'free') return <span className="muted">{t(`free.${estimate.why}`)}</span>;
  if (estimate.status === 'unknown') {
    return <span className="muted">{t(`unknown.${estimate.why}`, { subject: estimate.subject ?? '' })}</span>;
  }
  const [files, looked] = ['files' as const, 'sampledFiles' as const].map((key) =>
    estimate.tables.reduce((sum, table) => sum + table[key], 0),
  );
  const partitions = estimate.tables.reduce<number | undefined>(
    (sum, table) => (table.partitions === undefined ? sum : (sum ?? 0) + table.partitions),
    undefined,
  );
  return (
    <>
      {t.rich('scans', {
        bytes: () => (
          <b>
            <Bytes value={estimate.bytes} />
          </b>
        ),
      })}
      {' · '}
      <ScanPrice estimate={estimate} />
      <span className="muted">
        {partitions !== undefined && <> · {t('partitions', { count: partitions })}</>}
        {' · '}
        {looked === files
          ? t('files', { count: files ?? 0 })
          : t('sampled', { looked: looked ?? 0, files: files ?? 0 })}
      </span>
    </>
  );
}
