'use client';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import type { HistoryEvent } from '@/lib/catalog/schemas';
import { formatDate } from '@/lib/format/time';
import { HistoryRow } from './history-row';

interface HistoryDaysProps {
  dataset: string;
  /** Which table a moment is queried in; undefined for a dataset that is files only. */
  table: string | undefined;
  events: readonly HistoryEvent[];
}

/** What happened, a panel for each day as the reader's zone counts them. */
export function HistoryDays({ dataset, table, events }: HistoryDaysProps) {
  const t = useTranslations('history');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const days = Map.groupBy(events, ({ at }) => formatDate(new Date(at), { locale, timeZone }));
  return [...days].map(([day, ofDay]) => (
    <Panel key={day} isFlush title={day} aside={t('changes', { count: ofDay.length })}>
      <Table label={t('dayLabel', { day })}>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col" className="w-full">
              {t('thing')}
            </th>
            <th scope="col" className="num">
              {t('size')}
            </th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('run')}</th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {ofDay.map((event) => (
            <HistoryRow key={idOf(event)} dataset={dataset} table={table} event={event} />
          ))}
        </tbody>
      </Table>
    </Panel>
  ));
}

function idOf(event: HistoryEvent): string {
  if (event.type === 'file') return `${event.key} ${event.versionId}`;
  return event.type === 'table' ? `${event.table} ${event.version}` : event.versionId;
}
