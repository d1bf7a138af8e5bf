import { getLocale, getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatDate } from '@/lib/format/time';
import { load } from '@/lib/page';
import { listKeptReports } from '@/lib/quality';
import type { KeptReport } from '@/lib/quality/report/schemas';
import { routes } from '@/lib/routes';

/** The reports that the schedule made. */
export async function KeptReports() {
  const t = await getTranslations('qualityReport');
  const result = await load(listKeptReports, undefined);
  if (!result.ok) return <Failure error={result.error} />;
  return (
    <Panel isFlush title={t('kept')} aside={t('schedule')}>
      {result.data.length === 0 ? (
        <p className="muted px-4 py-3">{t('noneKept')}</p>
      ) : (
        <Table label={t('kept')}>
          <thead>
            <tr>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('made')}</th>
              <th scope="col">{t('files')}</th>
            </tr>
          </thead>
          <tbody>
            {result.data.map((report) => (
              <Row key={report.date} report={report} />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

async function Row({ report: { date, formats, writtenAt } }: { report: KeptReport }) {
  const t = await getTranslations('qualityReport');
  const day = formatDate(new Date(date), { locale: await getLocale(), timeZone: 'UTC' });
  return (
    <tr>
      <td>{day}</td>
      <td className="muted">
        <RelativeTime value={writtenAt} />
      </td>
      <td>
        <span className="flex gap-3">
          {formats.map((format) => (
            <a
              key={format}
              href={routes.keptQualityReport({ date, format })}
              aria-label={t('saveKept', { format: format.toUpperCase(), day })}
              download
            >
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </td>
    </tr>
  );
}
