'use client';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/format/number';
import { formatDate, formatTime } from '@/lib/format/time';
import type { ChartData } from '@/lib/query/result/fold-chart';

/** Names of points and series in the reader's language. */
export function useChartText(data: ChartData) {
  const t = useTranslations('result');
  const locale = useLocale();
  const at = (value: number): string => {
    if (data.xKind !== 'time') return formatNumber(value, locale);
    const isDay = data.points.every((point) => point.at === undefined || point.at % 86_400_000 === 0);
    return (isDay ? formatDate : formatTime)(new Date(value), { locale, timeZone: 'UTC' });
  };
  return {
    at,
    point: ({ x, isOthers, at: place }: ChartData['points'][number]): string => {
      if (isOthers) return t('chart.others');
      if (x === null) return 'null';
      if (x === '') return '""';
      return place === undefined ? x : at(place);
    },
    series: ({ name, isOthers }: ChartData['series'][number]): string => {
      if (isOthers) return t('chart.others');
      if (name === null) return 'null';
      return name === '' ? t('chart.rows') : name;
    },
  };
}
