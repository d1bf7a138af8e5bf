import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { IncidentSummary } from '@/lib/quality/incidents/schemas';
import { routes } from '@/lib/routes';
import { IncidentState } from './incident-state';
import { subjectText } from './subject-text';

export async function IncidentTable({ incidents }: { incidents: readonly IncidentSummary[] }) {
  const t = await getTranslations('incidents');
  const tq = await getTranslations('quality');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('dataset')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className="num">
            {t('seen')}
          </th>
          <th scope="col">{t('opened')}</th>
          <th scope="col">{t('lastSeen')}</th>
          <th scope="col">{t('assignee')}</th>
        </tr>
      </thead>
      <tbody>
        {incidents.map((incident) => (
          <tr key={incident.id}>
            <td className="max-w-[30rem]">
              <Link className="block truncate" href={routes.incident(incident.id) as Route}>
                {subjectText(tq, incident)}
              </Link>
            </td>
            <td>
              <Tag>{t(`kinds.${incident.kind}`)}</Tag>
            </td>
            <td>
              <Link className="mono" href={routes.datasetQuality(incident.table) as Route}>
                {incident.table}
              </Link>
            </td>
            <td>
              <IncidentState incident={incident} />
            </td>
            <td className="num">{t('times', { count: incident.occurrences })}</td>
            <td className="muted">
              <RelativeTime value={incident.openedAt} />
            </td>
            <td className="muted">
              <RelativeTime value={incident.seenAt} />
            </td>
            <td className="muted">{incident.assignee ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
