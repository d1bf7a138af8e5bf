import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SparkLine } from '@/components/chart/spark-line';
import { Amount, Bytes } from '@/components/ui/amount';
import type { TableSummary } from '@/lib/catalog/schemas';
import { formatBytes } from '@/lib/format/bytes';
import { formatNumber } from '@/lib/format/number';
import { useCadence } from './cadence';
import { FreshnessFigure } from './freshness-figure';
import { withSign } from './with-sign';

/** The table in four figures, with how they came to be. */
export function TableFigures({ table }: { table: TableSummary }) {
  const t = useTranslations('datasets');
  const locale = useLocale();
  const cadence = useCadence();
  const { growth = [], partitionKeys, columns, cadenceHours } = table;
  const [last, before] = [growth.at(-1), growth.at(-2)];
  const since = (format: (value: number) => string, pick: (point: NonNullable<typeof last>) => number) =>
    last && before ? t('sinceLast', { change: withSign(pick(last) - pick(before), format) }) : undefined;
  return (
    <dl className="panel grid grid-cols-4 max-sm:grid-cols-2 max-lg:grid-cols-2">
      <Figure
        label={t('freshnessLabel')}
        value={<FreshnessFigure table={table} />}
        note={cadenceHours === undefined ? t('noExpectation') : cadence(cadenceHours)}
      />
      <Figure
        label={t('rows')}
        value={<Amount value={table.rows} />}
        trend={growth.map(({ rows }) => rows)}
        note={since(
          (value) => formatNumber(value, locale),
          ({ rows }) => rows,
        )}
      />
      <Figure
        label={t('size')}
        value={<Bytes value={table.sizeBytes} />}
        trend={growth.map(({ sizeBytes }) => sizeBytes)}
        note={since(
          (value) => formatBytes(value, locale),
          ({ sizeBytes }) => sizeBytes,
        )}
      />
      <Figure
        label={t('columns')}
        value={<Amount value={columns.length} />}
        note={partitionKeys ? t('partitionedBy', { keys: partitionKeys.join(', ') }) : undefined}
      />
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  trend?: readonly number[];
  note?: string | undefined;
}

function Figure({ label, value, trend = [], note }: FigureProps) {
  return (
    <div className="-mt-px -ml-px min-w-0 border-line border-t border-l px-4 py-3">
      <dt className="muted flex h-5 items-center justify-between gap-2 text-xs">
        {label}
        <SparkLine values={trend} />
      </dt>
      <dd className="truncate text-xl">{value}</dd>
      <dd className="faint min-h-4 truncate text-xs" title={note}>
        {note}
      </dd>
    </div>
  );
}
