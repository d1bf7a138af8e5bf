import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { listRuns } from '@/lib/runs';
import { fileName } from '@/lib/runs/run-name';

const SHOWN = 6;

/** The last runs that the dataset's files have caused. */
export async function DatasetRuns({ dataset }: { dataset: string }) {
  const t = await getTranslations();
  const result = await load(listRuns, { dataset });
  if (!result.ok) return <Failure error={result.error} title={t('datasets.runsFailed')} />;
  const runs = result.data.runs.slice(0, SHOWN);
  return (
    <Panel title={t('datasets.runs')}>
      {runs.length === 0 && <p className="muted">{t('datasets.noRuns')}</p>}
      <ul className="grid gap-2">
        {runs.map((run) => (
          <li key={run.id} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-2">
            <State state={run.state}>
              <span className="sr-only">{t(`states.${run.state}`)}</span>
            </State>
            <Link className="truncate" href={routes.run(run.id) as Route}>
              {run.file ? fileName(run.file.key) : t('runs.byHand')}
            </Link>
            <span className="muted whitespace-nowrap text-xs">
              <RelativeTime value={run.startedAt} />
            </span>
          </li>
        ))}
      </ul>
      {runs.length > 0 && (
        <p className="mt-2">
          <Link href={routes.runs({ dataset }) as Route}>{t('datasets.allRuns')}</Link>
        </p>
      )}
    </Panel>
  );
}
