'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { Tag } from '@/components/ui/tag';
import { RelativeTime, Time } from '@/components/ui/time';
import type { ColumnChange, HistoryEvent } from '@/lib/catalog/schemas';
import { formatTime } from '@/lib/format/time';
import { printMoment } from '@/lib/languages/trino-sql/moment.ts';
import { routes } from '@/lib/routes';
import { EventKind } from './event-kind';

interface HistoryRowProps {
  dataset: string;
  table: string | undefined;
  event: HistoryEvent;
}

export function HistoryRow({ dataset, table, event }: HistoryRowProps) {
  return (
    <tr>
      <td className="whitespace-nowrap">
        <RelativeTime value={event.at} />
      </td>
      <td className="whitespace-nowrap">
        <EventKind event={event} />
      </td>
      <td className="min-w-48 whitespace-normal">
        <Subject dataset={dataset} event={event} />
      </td>
      <td className="num">
        {event.type === 'file' && event.kind !== 'deleted' ? <Bytes value={event.sizeBytes} /> : '–'}
      </td>
      <td>
        <Who event={event} />
      </td>
      <td>
        <CausedRun event={event} />
      </td>
      <td>
        <Moments dataset={dataset} table={table} event={event} />
      </td>
    </tr>
  );
}

function Subject({ dataset, event }: { dataset: string; event: HistoryEvent }) {
  const t = useTranslations('history');
  if (event.type === 'file') {
    const zone = event.kind === 'rejected' ? 'quarantine' : 'raw';
    return (
      <span className="flex flex-wrap items-center gap-x-2">
        <Link className="mono" href={routes.file({ zone, key: event.key, version: event.versionId }) as Route}>
          {event.key.slice(dataset.length + 1)}
        </Link>
        {event.isLatest && event.kind !== 'deleted' && event.kind !== 'rejected' && <Tag isOn>{t('current')}</Tag>}
        {event.restoredFrom !== undefined && (
          <span className="muted text-xs">
            {t.rich('restoredFrom', { at: () => <Time value={event.restoredFrom} /> })}
          </span>
        )}
      </span>
    );
  }
  return (
    <span className="grid gap-0.5">
      <span className={event.type === 'table' ? 'mono' : undefined}>
        {event.type === 'table' ? event.table : t('contractOf')}
      </span>
      {event.changes.map((change) => (
        <ChangedColumn key={`${change.type} ${change.column}`} change={change} />
      ))}
    </span>
  );
}

function ChangedColumn({ change }: { change: ColumnChange }) {
  const t = useTranslations('history.change');
  const { from = '', to = '' } = { ...change } as { from?: string | boolean; to?: string | boolean };
  return (
    <span className="mono muted text-xs">
      {t(change.type, { column: change.column, from: String(from), to: String(to) })}
    </span>
  );
}

function Who({ event }: { event: HistoryEvent }) {
  const t = useTranslations('history');
  const by = event.type === 'table' ? undefined : event.by;
  if (by) return by;
  if (event.type === 'file') return <span className="muted">{t('outside')}</span>;
  const isPipeline = event.type === 'contract' && event.kind === 'drafted';
  return <span className="muted">{isPipeline ? t('pipeline') : '–'}</span>;
}

function CausedRun({ event }: { event: HistoryEvent }) {
  const t = useTranslations();
  if (event.type !== 'file') return <span className="muted">–</span>;
  if (!event.run) return <span className="muted">{t('history.noRun')}</span>;
  return (
    <Link href={routes.run(event.run.id) as Route}>
      <State state={event.run.state}>{t(`states.${event.run.state}`)}</State>
    </Link>
  );
}

/** Where this moment leads: the files as they were once it had happened, and the table once its run was over. */
function Moments({ dataset, table, event }: HistoryRowProps) {
  const t = useTranslations('history');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const name = event.type === 'file' ? event.key : event.type === 'table' ? event.table : t('contractOf');
  const which = t('of', { name, time: formatTime(new Date(event.at), { locale, timeZone, withSeconds: true }) });
  const done = event.type === 'file' ? (event.run?.endedAt ?? event.at) : event.at;
  return (
    <span className="flex gap-1">
      <LinkButton
        size="sm"
        variant="ghost"
        href={routes.pointInTime({ zone: 'raw', prefix: `${dataset}/`, at: printMoment(event.at) })}
      >
        {t('asItWas')}
        <span className="sr-only"> ({which})</span>
      </LinkButton>
      {table && (
        <LinkButton
          size="sm"
          variant="ghost"
          href={routes.sql({ query: `SELECT *\nFROM ${table}@${printMoment(done)}\nLIMIT 100` })}
        >
          {t('query')}
          <span className="sr-only"> ({which})</span>
        </LinkButton>
      )}
    </span>
  );
}
