'use client';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Timeline, type TimelineRow } from '@/components/timeline/timeline';
import { State } from '@/components/ui/state';
import { formatDuration } from '@/lib/format/duration';
import { isOver } from '@/lib/runs/run-state';
import type { Attempt, Run, Visit } from '@/lib/runs/schemas';

interface RunTimelineProps {
  run: Run;
  now: number;
  selected: string | undefined;
  onSelect: (state: string) => void;
}

export function RunTimeline({ run, now, selected, onSelect }: RunTimelineProps) {
  const t = useTranslations();
  const locale = useLocale();
  const timeZone = useTimeZone();
  const span = Math.max(1, (run.endedAt ?? now) - run.startedAt);
  const live = !isOver(run.state);
  const rows = run.visits.flatMap((visit) => rowsOf(visit));
  const write = (bar: Attempt | Visit): Pick<TimelineRow, 'bars' | 'duration' | 'state' | 'word'> => {
    const duration = Math.max(0, (bar.endedAt ?? now) - bar.startedAt);
    return {
      state: bar.status,
      word: t(`states.${bar.status}`),
      bars: [{ start: bar.startedAt - run.startedAt, duration, state: bar.status }],
      duration: formatDuration(duration, locale),
    };
  };
  const states = new Map(rows.map((row) => [row.id, row.visit.state]));
  return (
    <section aria-labelledby="timeline">
      <div className="ph">
        <h2 id="timeline">{t('runs.timeline')}</h2>
        {live && <State state="running">{t('runs.live')}</State>}
        <span className="grow" />
        <span className="muted text-xs max-sm:hidden">{timeZone}</span>
      </div>
      <Timeline
        label={t('runs.timeline')}
        columns={{ name: t('runs.stateAndAttempt'), time: t('runs.time'), duration: t('runs.duration') }}
        rows={rows.map(({ id, visit, bar, attempt }) => ({
          id,
          label: visit.state,
          aside: attempt === undefined ? undefined : t('runs.attempt', { number: attempt }),
          note: 'error' in bar ? bar.error : undefined,
          ...write(bar),
        }))}
        span={live ? span * 1.08 : span}
        now={live ? span : undefined}
        tickLabel={(ms) => (ms === 0 ? '0' : formatDuration(ms, locale))}
        selected={rows.findLast((row) => row.visit.state === selected)?.id}
        onSelect={(id) => onSelect(states.get(id) ?? '')}
      />
    </section>
  );
}

interface VisitRow {
  id: string;
  visit: Visit;
  bar: Visit | Attempt;
  attempt?: number;
}

/** A state that was tried once is one line, with its waiting; one that was tried again is a line for each try. */
function rowsOf(visit: Visit): VisitRow[] {
  if (visit.attempts.length < 2) {
    const error = visit.attempts[0]?.error;
    return [{ id: `${visit.id}`, visit, bar: error ? { ...visit, error } : visit }];
  }
  return visit.attempts.map((bar) => ({ id: `${visit.id}.${bar.number}`, visit, bar, attempt: bar.number }));
}
