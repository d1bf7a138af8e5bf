'use client';
import { useTranslations } from 'next-intl';
import { Pill, State, type StateName } from '@/components/ui/state';
import type { IncidentSummary } from '@/lib/quality/incidents/schemas';

const LOOK: Record<IncidentSummary['state'] | 'muted', StateName> = {
  open: 'rejected',
  acknowledged: 'running',
  resolved: 'succeeded',
  muted: 'waiting',
};

/** A mute is said before anything else but a resolution: nobody need see to it. */
export function IncidentState({
  incident: { state, mutedUntil },
  isPill,
}: {
  incident: Pick<IncidentSummary, 'state' | 'mutedUntil'>;
  isPill?: boolean;
}) {
  const t = useTranslations('incidents');
  const shown = mutedUntil && state !== 'resolved' ? 'muted' : state;
  const Shown = isPill ? Pill : State;
  return <Shown state={LOOK[shown]}>{t(`states.${shown}`)}</Shown>;
}
