'use client';
import { useLocale, useTranslations } from 'next-intl';
import { Bytes, Duration } from '@/components/ui/amount';
import { formatPrice } from '@/lib/format/number';
import { isFinished } from '@/lib/query/query-options';
import type { Query } from '@/lib/query/schemas';

/** How long a query took and for what, what it scanned, and what AWS asks for it. */
export function RunStatistics({ query }: { query: Query }) {
  const t = useTranslations('sql.cost');
  const locale = useLocale();
  return (
    <span className="muted contents tabular-nums">
      <span>
        <Duration value={query.totalMs} /> · {t.rich('scanned', { bytes: () => <Bytes value={query.scannedBytes} /> })}
        {isFinished(query) && query.usd !== undefined && <> · {formatPrice(query.usd, locale)}</>}
      </span>
      {isFinished(query) && <TimeSplit query={query} />}
    </span>
  );
}

/** Athena counts planning among the engine's time; what it says of the whole is what is sure. */
function TimeSplit({ query }: { query: Query }) {
  const t = useTranslations('sql.cost.time');
  const { queuedMs, planningMs, serviceMs, totalMs } = query;
  const engineMs = Math.max(0, totalMs - queuedMs - planningMs - serviceMs);
  const parts = { queue: queuedMs, planning: planningMs, engine: engineMs, service: serviceMs };
  return (
    <span className="faint max-sm:sr-only">
      {(['queue', 'planning', 'engine', 'service'] as const).map((part, index) => (
        <span key={part} title={t(`${part}Hint`)}>
          {index > 0 && ' · '}
          {t(part)} <Duration value={parts[part]} />
        </span>
      ))}
    </span>
  );
}
