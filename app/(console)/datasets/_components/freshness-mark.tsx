'use client';
import { useTranslations } from 'next-intl';
import { State } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import { freshnessOf } from '@/lib/catalog/freshness';

interface FreshnessMarkProps {
  dataset: { loadedAt?: number; cadenceHours?: number };
  /** Milliseconds since the epoch. */
  now: number;
}

/** When rows last came, and, where people said how often they expect them, whether that is soon enough. */
export function FreshnessMark({ dataset, now }: FreshnessMarkProps) {
  const t = useTranslations('datasets.freshness');
  const freshness = freshnessOf(dataset, now);
  const time = <RelativeTime value={dataset.loadedAt} />;
  if (freshness === 'unknown') return <span className="muted">{time}</span>;
  return (
    <State state={freshness === 'late' ? 'rejected' : 'succeeded'}>
      {t(freshness)}
      <span className="muted">{time}</span>
    </State>
  );
}
