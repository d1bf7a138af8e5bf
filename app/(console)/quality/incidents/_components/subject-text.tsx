import type { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { IncidentSummary } from '@/lib/quality/incidents/schemas';
import { metricText } from '../../_components/metric-text';

type T = ReturnType<typeof useTranslations<'quality'>>;

/** What an incident is about: a rule and a file as they are written, a metric in words. */
export function subjectText(t: T, { kind, subject }: Pick<IncidentSummary, 'kind' | 'subject'>): ReactNode {
  return kind === 'anomaly' ? metricText(t, subject) : <span className="mono">{subject}</span>;
}
