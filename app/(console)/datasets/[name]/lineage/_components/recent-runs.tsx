import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import type { LineageRun } from '@/lib/lineage/schemas';
import { routes } from '@/lib/routes';

/** The last runs as their events tell them, those that failed with their reason. */
export async function RecentRuns({ runs }: { runs: readonly LineageRun[] }) {
  const t = await getTranslations();
  return (
    <Panel title={t('lineage.runs')} aside={t('lineage.runsLead')} isFlush>
      <Table label={t('lineage.runs')}>
        <thead>
          <tr>
            <th scope="col">{t('runs.state')}</th>
            <th scope="col">{t('runs.file')}</th>
            <th scope="col">{t('lineage.steps')}</th>
            <th scope="col">{t('runs.started')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.execution}>
              <td>
                <State state={run.state}>{t(`states.${run.state}`)}</State>
              </td>
              <td>
                <Link href={routes.run(run.execution) as Route}>{run.file ?? run.execution}</Link>
              </td>
              <td className="whitespace-normal !py-1">
                {run.error ?? (
                  <span className="flex flex-wrap gap-x-3">
                    {run.steps.map((step) => (
                      <span key={`${step.table} ${step.name}`}>
                        {step.name} <span className="muted">{t('lineage.rows', { count: step.rows })}</span>
                      </span>
                    ))}
                  </span>
                )}
              </td>
              <td className="whitespace-nowrap">
                <RelativeTime value={run.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
