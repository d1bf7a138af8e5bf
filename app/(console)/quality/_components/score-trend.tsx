'use client';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { ChartOrTable } from '@/components/chart/chart-or-table';
import type { ScoreFigureProps } from '@/components/chart/score-figure';
import { Table } from '@/components/ui/table';
import { formatNumber } from '@/lib/format/number';
import { formatDay } from '@/lib/format/time';
import { TARGET, type TrendPoint } from '@/lib/languages/quality/figures.ts';

const ScoreFigure = dynamic<ScoreFigureProps>(() => import('@/components/chart/score-figure'), {
  ssr: false,
  loading: () => <div style={{ height: 150 }} />,
});

/** Scores by day, drawn and in figures. */
export function ScoreTrend({
  title,
  points,
  height,
}: {
  title: string;
  points: readonly TrendPoint[];
  height: number;
}) {
  const t = useTranslations('quality');
  const locale = useLocale();
  const format = (value: number) => formatNumber(value, locale, 1);
  const shown = points.map(({ day, score }) => ({
    label: formatDay(day, locale),
    score: score === null ? null : score * 100,
  }));
  return (
    <ChartOrTable
      chart={
        <ScoreFigure
          title={title}
          points={shown}
          target={TARGET * 100}
          texts={{ target: t('target', { target: formatNumber(TARGET * 100, locale) }), score: t('score'), format }}
          height={height}
        />
      }
      table={
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="num">
                {t('score')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.toReversed().map(({ label, score }) => (
              <tr key={label}>
                <td>{label}</td>
                <td className="num">{score === null ? '–' : format(score)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    />
  );
}
