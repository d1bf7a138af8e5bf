'use client';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BarFigureProps } from '@/components/chart/bar-figure';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { formatNumber } from '@/lib/format/number';
import { chartPoints, MOST_BARS } from '@/lib/query/chart-points';
import { columnKind } from '@/lib/query/column-kind';
import type { Cell, ResultColumn } from '@/lib/query/schemas';

const HEIGHT_PX = 280;

const BarFigure = dynamic<BarFigureProps>(() => import('@/components/chart/bar-figure'), {
  ssr: false,
  loading: () => <div style={{ height: HEIGHT_PX }} />,
});

/** The result as bars, for a first look. */
export function ResultChart({ columns, rows }: { columns: readonly ResultColumn[]; rows: readonly Cell[][] }) {
  const t = useTranslations('sql');
  const locale = useLocale();
  const [wanted, setWanted] = useState<string>();
  const chart = chartPoints(columns, rows, wanted);
  if (!chart) return <p className="muted p-4">{t('chartNeedsNumber')}</p>;
  const numbers = columns.filter((column) => columnKind(column.type) === 'number');
  return (
    <div className="grid content-start gap-3 overflow-auto p-4">
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-56">
          <Field label={t('chartValue')}>
            {(control) => (
              <Select {...control} isMono value={chart.value} onChange={(event) => setWanted(event.target.value)}>
                {numbers.map((column) => (
                  <option key={column.name}>{column.name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        {chart.isCut && <p className="faint text-xs">{t('chartCut', { count: MOST_BARS })}</p>}
      </div>
      <BarFigure
        title={chart.name ? t('chartTitle', { value: chart.value, name: chart.name }) : chart.value}
        data={chart.points}
        format={(value) => formatNumber(value, locale)}
        height={HEIGHT_PX}
      />
    </div>
  );
}
