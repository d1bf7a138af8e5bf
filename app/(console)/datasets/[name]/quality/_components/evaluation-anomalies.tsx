import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { metricText, metricValue, trendText } from '@/app/(console)/quality/_components/metric-text';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count } from '@/components/ui/tag';
import type { Anomaly, QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { routes } from '@/lib/routes';

/** What is outside of its history's band, with the band and what it was made of. */
export async function EvaluationAnomalies({ evaluation }: { evaluation: QualityEvaluation }) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  return (
    <Panel
      isFlush
      title={
        <>
          {tq('anomaliesFound')} <Count>{evaluation.anomalies.length}</Count>
        </>
      }
    >
      <Table label={tq('anomaliesFound')}>
        <thead>
          <tr>
            <th scope="col">{t('metric')}</th>
            <th scope="col" className="num">
              {tq('measuredHead')}
            </th>
            <th scope="col" className="num">
              {tq('expectedHead')}
            </th>
            <th scope="col">{t('madeOf')}</th>
          </tr>
        </thead>
        <tbody>
          {evaluation.anomalies.map((anomaly) => (
            <Row key={anomaly.metric} anomaly={anomaly} table={evaluation.table} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

async function Row({ anomaly, table }: { anomaly: Anomaly; table: string }) {
  const tq = await getTranslations('quality');
  const locale = await getLocale();
  const { metric, value, lower, upper, points, season, trend, changes } = anomaly;
  const n = (amount: number) => metricValue(metric, amount, locale);
  const said = changes?.map(({ column, before, after }) => `${column}: ${before ?? '–'} → ${after ?? '–'}`).join(', ');
  return (
    <tr>
      <td>
        <State state="rejected">
          {metric === 'Schema' ? (
            metricText(tq, metric)
          ) : (
            <Link href={`${routes.quality({ table, metric })}#anomalies` as Route}>{metricText(tq, metric)}</Link>
          )}
        </State>
      </td>
      <td className="num max-w-[30rem] truncate" title={said}>
        {value === undefined ? (said ?? '–') : n(value)}
      </td>
      <td className="num">
        {lower === undefined || upper === undefined ? '–' : tq('range', { lower: n(lower), upper: n(upper) })}
      </td>
      <td className="muted">
        {tq(season ? 'pointsOfSeason' : 'points', { points })}
        {trend !== undefined && `, ${trendText(tq, { metric, trend }, locale)}`}
      </td>
    </tr>
  );
}
