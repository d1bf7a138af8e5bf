'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { planOptions } from '@/lib/crawlers/query-options';
import type { FolderPlan, PlanProgress, PlanSource } from '@/lib/crawlers/schemas';
import { reportFrom } from '@/lib/fetch-json';
import { FileTable } from './file-table';
import { PlanProgressPanel } from './plan-progress-panel';
import { PlannedTableCard } from './planned-table-card';
import { ReasonList } from './reason-list';

interface CrawlPlanProps {
  source: PlanSource;
  /** Why the person may not change the catalog. */
  mayNot: string | undefined;
}

/** A dry run: how far it is while it reads, and then what it would make. */
export function CrawlPlan({ source, mayNot }: CrawlPlanProps) {
  const t = useTranslations('crawler');
  const client = useQueryClient();
  const [progress, setProgress] = useState<PlanProgress>();
  const options = planOptions(source, setProgress);
  const { data, error, isFetching, refetch } = useQuery(options);
  if (isFetching)
    return (
      <>
        <PlanProgressPanel progress={progress} onCancel={() => void client.cancelQueries(options)} />
        {data && <Found plan={data} source={source} mayNot={mayNot} />}
      </>
    );
  const again = (
    <Button size="sm" icon={RotateCw} onClick={() => void refetch()}>
      {t('lookAgain')}
    </Button>
  );
  if (error) return <Failure error={reportFrom(error)} title={t('failed')} />;
  if (!data)
    return (
      <Panel title={<State state="stopped">{t('cancelled')}</State>} actions={again}>
        <p className="muted" role="status">
          {t('cancelledBody', { files: progress?.files ?? 0 })}
        </p>
      </Panel>
    );
  return (
    <>
      <div className="head">
        <h2 className="text-lg">{t('found')}</h2>
        <span className="muted">{t('counts', { tables: data.changes.length, files: data.fileCount })}</span>
        <span className="grow" />
        {again}
      </div>
      <Found plan={data} source={source} mayNot={mayNot} />
    </>
  );
}

function Found({ plan, source, mayNot }: CrawlPlanProps & { plan: FolderPlan }) {
  const t = useTranslations('crawler');
  const { database, changes, files, fileCount, reasons, places } = plan;
  return (
    <>
      {changes.length === 0 && (
        <Panel>
          <EmptyState title={t('nothing')} body={t('nothingBody', { place: places.join(', ') })} />
        </Panel>
      )}
      {changes.map((change) => (
        <PlannedTableCard
          // Another plan of the same place is another card: what was edited belonged to the former one.
          key={JSON.stringify([change.table.location, change.table.columns, change.isPinned, change.diff.kind])}
          change={change}
          database={database}
          source={source}
          mayNot={mayNot}
        />
      ))}
      {files.length > 0 && <FileTable files={files} count={fileCount} />}
      {reasons.length > 0 && (
        <Panel title={t('notes')}>
          <ReasonList reasons={reasons} />
        </Panel>
      )}
    </>
  );
}
