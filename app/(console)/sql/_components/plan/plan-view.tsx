'use client';
import { useQuery } from '@tanstack/react-query';
import { Gauge, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { parsePlan } from '@/lib/languages/trino-plan/parse-plan.ts';
import { readPlan } from '@/lib/query/read-plan';
import { PlanTree } from './plan-tree';

/** How Athena would work on a statement, or did, in plain words; the text it gave is one press away. */
export function PlanView({ sql, onClose }: { sql: string; onClose: () => void }) {
  const t = useTranslations('sql.plan');
  const [isMeasured, setIsMeasured] = useState(false);
  const [view, setView] = useState<'tree' | 'text'>('tree');
  const { data, error } = useQuery({
    queryKey: ['plan', sql, isMeasured],
    queryFn: ({ signal }) => readPlan(sql, isMeasured, signal),
    staleTime: 60_000,
    retry: false,
  });
  const root = useMemo(() => (data === undefined ? undefined : parsePlan(data)), [data]);
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex min-h-9 flex-wrap items-center gap-2 border-line border-b px-3 py-1">
        <h2 className="font-medium text-xs">{t('title')}</h2>
        <span className="grow" />
        {!isMeasured && (
          <span title={t('measureHint')}>
            <Button size="sm" icon={Gauge} onClick={() => setIsMeasured(true)}>
              {t('measure')}
            </Button>
          </span>
        )}
        <Segmented
          label={t('view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'tree', label: t('drawn') },
            { value: 'text', label: t('raw') },
          ]}
        />
        {data !== undefined && <CopyButton text={data} label={t('copy')} />}
        <Button size="sm" variant="ghost" icon={X} onClick={onClose}>
          {t('close')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too. */}
      <section className="min-h-0 overflow-auto p-3" tabIndex={0} aria-label={t('title')}>
        {error ? (
          <Failure error={reportFrom(error)} />
        ) : data === undefined ? (
          <div role="status" className="muted grid gap-2 text-xs">
            {t(isMeasured ? 'measuring' : 'asking')}
            <Skeleton lines={5} />
          </div>
        ) : view === 'tree' && root ? (
          <PlanTree root={root} />
        ) : (
          <>
            {view === 'tree' && <p className="muted mb-2 text-xs">{t('unreadable')}</p>}
            <pre className="mono text-xs">{data}</pre>
          </>
        )}
      </section>
    </div>
  );
}
