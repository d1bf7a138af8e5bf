'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Duration } from '@/components/ui/amount';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import { fileName } from '@/lib/runs/run-name';
import type { RunSummary } from '@/lib/runs/schemas';

export function RunTable({ label, runs }: { label: string; runs: readonly RunSummary[] }) {
  const t = useTranslations('runs');
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">{t('file')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('dataset')}</th>
          <th scope="col">{t('started')}</th>
          <th scope="col" className="num">
            {t('duration')}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const t = useTranslations();
  return (
    <tr>
      <td className="max-w-96 overflow-hidden text-ellipsis">
        <Link href={routes.run(run.id) as Route}>{run.file ? fileName(run.file.key) : t('runs.byHand')}</Link>
        {run.file?.removed && <span className="faint"> {t('runs.removed')}</span>}
      </td>
      <td>
        <State state={run.state}>{t(`states.${run.state}`)}</State>
      </td>
      <td className="mono">{run.dataset ?? '–'}</td>
      <td>
        <RelativeTime value={run.startedAt} />
      </td>
      <td className="num">
        <Duration value={run.endedAt === undefined ? undefined : run.endedAt - run.startedAt} />
      </td>
    </tr>
  );
}
