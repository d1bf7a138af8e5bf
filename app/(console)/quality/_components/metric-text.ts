import type { useTranslations } from 'next-intl';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { Locale } from '@/lib/i18n/locales';
import { isShare, readMetric } from '@/lib/languages/quality/metric-name.ts';

type T = ReturnType<typeof useTranslations<'quality'>>;

/** A metric in words: "rows", "share of values that are there: amount"; one that we have no words for, as Glue names it. */
export function metricText(t: T, name: string): string {
  const { column, metric } = readMetric(name);
  const key = `metric.${metric}` as Parameters<T['has']>[0];
  const said = t.has(key) ? t(key as 'metric.RowCount') : metric;
  return column === undefined ? said : t('metricOf', { metric: said, column });
}

/** "grows by about 400 a day" */
export function trendText(t: T, { metric, trend }: { metric: string; trend: number }, locale: Locale): string {
  const by = metricValue(metric, Number(Math.abs(trend).toPrecision(2)), locale);
  return t(trend > 0 ? 'growsBy' : 'shrinksBy', { by });
}

/** A metric's value: shares as percentages, counts whole, and small figures with what tells them apart. */
export function metricValue(name: string, value: number, locale: Locale): string {
  if (isShare(name)) return formatShare(value, locale);
  if (Number.isInteger(value)) return formatNumber(value, locale);
  return formatNumber(value, locale, Math.abs(value) >= 100 ? 0 : 2);
}
