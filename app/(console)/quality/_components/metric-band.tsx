'use client';
import type { Route } from 'next';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import type { BandFigureProps } from '@/components/chart/band-figure';
import { ChartOrTable } from '@/components/chart/chart-or-table';
import { StateIcon } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { formatShare, numberFormat, withMinus } from '@/lib/format/number';
import { formatClock, formatDay, formatTime } from '@/lib/format/time';
import { dayOf } from '@/lib/languages/quality/days.ts';
import { isShare } from '@/lib/languages/quality/metric-name.ts';
import type { MetricSeries, SeriesPoint } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import { metricValue } from './metric-text';

const BandFigure = dynamic<BandFigureProps>(() => import('@/components/chart/band-figure'), {
  ssr: false,
  loading: () => <div style={{ height: 130 }} />,
});

/** A metric in its band, drawn and in figures; each figure leads to its evaluation. */
export function MetricBand({ series, title, height }: { series: MetricSeries; title: string; height: number }) {
  const t = useTranslations('quality');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { table, metric, points } = series;
  const format = (value: number) => metricValue(metric, value, locale);
  const short = (value: number) =>
    isShare(metric)
      ? formatShare(value, locale)
      : withMinus(numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value));
  const when = (at: number) => formatTime(new Date(at), { locale, timeZone });
  const isOneDay = new Set(points.map(({ at }) => dayOf(at, timeZone))).size === 1;
  const tick = (at: number) =>
    isOneDay ? formatClock(new Date(at), { locale, timeZone }) : formatDay(dayOf(at, timeZone), locale);
  const range = ({ lower, upper }: SeriesPoint) =>
    lower === undefined || upper === undefined ? undefined : { lower: format(lower), upper: format(upper) };
  const note = (point: SeriesPoint) => {
    const band = range(point);
    return band ? t('unusual', { value: format(point.value), ...band }) : format(point.value);
  };
  return (
    <ChartOrTable
      chart={
        <BandFigure
          title={title}
          points={points.map((point) => ({ ...point, label: when(point.at), tick: tick(point.at), note: note(point) }))}
          texts={{ value: t('measured'), expected: t('expected'), format, short }}
          height={height}
        />
      }
      table={
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col" className="num">
                {t('measuredHead')}
              </th>
              <th scope="col" className="num">
                {t('expectedHead')}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => {
              const band = range(point);
              return (
                <tr key={point.evaluationId}>
                  <td>
                    <Link href={routes.datasetQuality(table, { evaluation: point.evaluationId }) as Route}>
                      {when(point.at)}
                    </Link>
                  </td>
                  <td className="num">
                    {point.isAnomaly && <StateIcon state="rejected" />} {format(point.value)}
                  </td>
                  <td className="num">{band ? t('range', band) : '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      }
    />
  );
}
