'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ResultFigureProps } from '@/components/chart/result-figure';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { formatNumber } from '@/lib/format/number';
import type { ChartConfig } from '@/lib/query/chart-config';
import { defaultChart } from '@/lib/query/default-chart';
import type { ChartData } from '@/lib/query/result/fold-chart';
import { resultChartOptions } from '@/lib/query/result/result-options';
import type { ResultView } from '@/lib/query/result/view-schemas';
import type { ResultColumn } from '@/lib/query/schemas';
import { ChartSettings } from './chart-settings';
import { ChartTable } from './chart-table';
import styles from './query-result.module.css';

const HEIGHT_PX = 300;

const ResultFigure = dynamic<ResultFigureProps>(() => import('@/components/chart/result-figure'), {
  ssr: false,
  loading: () => <div style={{ height: HEIGHT_PX }} />,
});

interface ResultChartProps {
  id: string;
  columns: readonly ResultColumn[];
  view: ResultView;
  chart: ChartConfig | undefined;
  onChange: (chart: ChartConfig) => void;
}

/** The result as a picture, folded over all of its rows. */
export function ResultChart({ id, columns, view, chart, onChange }: ResultChartProps) {
  const t = useTranslations('result');
  // One that was kept with the query may speak of columns that this result does not have.
  const config = chart && isDrawable(chart, columns) ? chart : defaultChart(columns);
  if (!config) return <p className="muted p-4">{t('chart.noColumns')}</p>;
  return (
    <div className={styles.chart}>
      <div className={styles.settings}>
        <ChartSettings columns={columns} config={config} onChange={onChange} />
      </div>
      <Figure id={id} view={view} config={config} />
    </div>
  );
}

function isDrawable({ x, y, series }: ChartConfig, columns: readonly ResultColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => name));
  return [x, ...y, ...(series === undefined ? [] : [series])].every((name) => names.has(name));
}

function Figure({ id, view, config }: { id: string; view: ResultView; config: ChartConfig }) {
  const t = useTranslations('result');
  const [isTable, setIsTable] = useState(false);
  const { data, error } = useQuery(resultChartOptions(id, view, config));
  if (error) {
    return (
      <div className={styles.figure}>
        <Failure error={reportFrom(error)} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className={styles.figure}>
        <Skeleton lines={6} />
      </div>
    );
  }
  const names = config.y.join(', ');
  const title =
    config.y.length === 0
      ? t('chart.countBy', { x: config.x })
      : t(`chart.titles.${config.aggregation}`, { y: names, x: config.x });
  return (
    <div className={styles.figure}>
      <div className="flex flex-wrap items-center gap-2 text-xs">
        <span className="min-w-0 grow">
          <b>{title}</b> <Coverage data={data} />
        </span>
        <Button size="sm" onClick={() => setIsTable(!isTable)}>
          {t(isTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </div>
      {isTable ? (
        <ChartTable title={title} config={config} data={data} />
      ) : (
        <ResultFigure title={title} config={config} data={data} height={HEIGHT_PX} />
      )}
    </div>
  );
}

/** Which rows are in the picture. */
function Coverage({ data }: { data: ChartData }) {
  const t = useTranslations('result');
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const rows =
    data.usedRows < data.rows
      ? t('chart.someRows', { used: number(data.usedRows), rows: number(data.rows) })
      : t('chart.allRows', { count: data.rows });
  const key = data.points.some(({ isOthers }) => isOthers) ? 'chart.folded' : 'chart.leftOut';
  return (
    <span className="muted">
      {rows}
      {data.foldedValues > 0 && ` · ${t(key, { count: number(data.foldedValues) })}`}
    </span>
  );
}
