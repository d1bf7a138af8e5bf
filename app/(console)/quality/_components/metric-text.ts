import type { useTranslations } from 'next-intl';
import { readMetric } from '@/lib/languages/quality/metric-name.ts';

type T = ReturnType<typeof useTranslations<'quality'>>;

/** A metric in words: "rows", "share of values that are there: amount"; one that we have no words for, as Glue names it. */
export function metricText(t: T, name: string): string {
  const { column, metric } = readMetric(name);
  const key = `metric.${metric}` as Parameters<T['has']>[0];
  const said = t.has(key) ? t(key as 'metric.RowCount') : metric;
  return column === undefined ? said : t('metricOf', { metric: said, column });
}
