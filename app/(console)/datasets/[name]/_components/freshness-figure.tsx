'use client';
import { useNow, useTranslations } from 'next-intl';
import { StateIcon } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import { freshnessOf } from '@/lib/catalog/freshness';

/** When rows last came, and whether that is soon enough. */
export function FreshnessFigure({ table }: { table: { loadedAt?: number; cadenceHours?: number } }) {
  const t = useTranslations('datasets.freshness');
  const freshness = freshnessOf(table, useNow({ updateInterval: 60_000 }).getTime());
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <RelativeTime value={table.loadedAt} />
      {freshness !== 'unknown' && (
        <span
          className={freshness === 'late' ? 'st rejected text-sm' : 'st succeeded text-sm'}
          suppressHydrationWarning
        >
          <StateIcon state={freshness === 'late' ? 'rejected' : 'succeeded'} />
          {t(freshness)}
        </span>
      )}
    </span>
  );
}
