'use client';
import { useLocale } from 'next-intl';
import { useChartText } from '@/components/chart/use-chart-text';
import { Null, Table } from '@/components/ui/table';
import { formatNumber } from '@/lib/format/number';
import type { ChartConfig } from '@/lib/query/chart-config';
import type { ChartData } from '@/lib/query/result/fold-chart';

/** What a chart draws, for whoever reads rather than sees. */
export function ChartTable({ title, config, data }: { title: string; config: ChartConfig; data: ChartData }) {
  const locale = useLocale();
  const text = useChartText(data);
  return (
    <Table label={title}>
      <thead>
        <tr>
          <th scope="col">{config.x}</th>
          {data.series.map((series, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the series of one answer never change places.
            <th key={index} scope="col" className="num">
              {text.series(series)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.points.map((point, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <tr key={index}>
            <td>{text.point(point)}</td>
            {point.values.map((value, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <td key={place} className="num">
                {value === null ? <Null /> : formatNumber(value, locale)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
