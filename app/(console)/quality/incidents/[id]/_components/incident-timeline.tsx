import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { StateIcon, type StateName } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import { formatTime } from '@/lib/format/time';
import type { IncidentEvent, IncidentEventKind } from '@/lib/quality/incidents/schemas';
import { routes } from '@/lib/routes';

const LOOK: Record<IncidentEventKind, StateName> = {
  opened: 'rejected',
  gone: 'succeeded',
  replaced: 'succeeded',
  deleted: 'succeeded',
  acknowledged: 'running',
  assigned: 'running',
  commented: 'waiting',
  resolved: 'succeeded',
  reopened: 'rejected',
  muted: 'stopped',
  unmuted: 'waiting',
};

/** What happened, oldest first: by checks and by people. */
export async function IncidentTimeline({
  events,
  table,
  timeZone,
}: {
  events: readonly IncidentEvent[];
  table: string;
  timeZone: string;
}) {
  const t = await getTranslations('incidents');
  const locale = await getLocale();
  const said = ({ kind, text }: IncidentEvent) => {
    if (kind === 'assigned') return text ? t('events.assigned', { to: text }) : t('events.unassigned');
    if (kind === 'muted') return t('events.muted', { until: formatTime(new Date(text ?? 0), { locale, timeZone }) });
    return t(`events.${kind}`);
  };
  const words = (event: IncidentEvent) =>
    event.kind === 'assigned' || event.kind === 'muted' ? undefined : event.text;
  return (
    <ol className="grid gap-3">
      {events.map((event) => (
        <li key={event.id} className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
          <span className="pt-1">
            <StateIcon state={LOOK[event.kind]} />
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap gap-x-2">
              <b className="font-medium">{said(event)}</b>
              <span className="muted">{event.by ?? t('byCheck')}</span>
              <span className="faint">
                <RelativeTime value={event.at} />
              </span>
              {event.evaluationId && (
                <Link href={routes.datasetQuality(table, { evaluation: event.evaluationId }) as Route}>
                  {t('evaluation')}
                </Link>
              )}
            </p>
            {words(event) && <p className="whitespace-pre-wrap break-words">{words(event)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
