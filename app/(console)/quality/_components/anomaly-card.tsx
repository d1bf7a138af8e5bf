import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { State } from '@/components/ui/state';
import { formatTime } from '@/lib/format/time';
import type { FoundAnomaly } from '@/lib/languages/quality/figures.ts';
import { load } from '@/lib/page';
import { getMetricSeries } from '@/lib/quality';
import type { MetricSeries } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import type { QualitySearch } from '../search-params';
import { MetricBand } from './metric-band';
import { metricText, metricValue, trendText } from './metric-text';

interface AnomalyCardProps {
  search: QualitySearch;
  anomalies: readonly FoundAnomaly[];
  table: string | undefined;
  metric: string;
}

const OTHERS_SHOWN = 4;

/** One metric with the band that its history lets expect, and the other anomalies of the period to look at. */
export async function AnomalyCard({ search, anomalies, table, metric }: AnomalyCardProps) {
  const t = await getTranslations('quality');
  return (
    <div className="min-w-0 border-line max-lg:border-t lg:border-l" id="anomalies">
      <div className="ph">
        <h2>{t('anomaly')}</h2>
        <span className="muted min-w-0 truncate text-xs">
          {metricText(t, metric)} · <span className="mono">{table}</span>
        </span>
        <span className="grow" />
        <span className="flex items-center gap-1 whitespace-nowrap text-xs">
          <i aria-hidden className="inline-block h-2.5 w-3.5 border border-accent-line bg-(--band)" />
          {t('expected')}
        </span>
      </div>
      <div className="grid gap-1 py-2 pr-3 pl-2">
        {table && <Series table={table} metric={metric} days={search.days} />}
        <Others anomalies={anomalies} search={search} />
      </div>
    </div>
  );
}

async function Series({ table, metric, days }: { table: string; metric: string; days: QualitySearch['days'] }) {
  const t = await getTranslations('quality');
  const result = await load(getMetricSeries, { table, metric, days });
  if (!result.ok) return <Failure error={result.error} />;
  const series = result.data;
  if (series.points.length === 0) return <p className="muted px-2">{t('noPoints')}</p>;
  return (
    <>
      <MetricBand series={series} title={`${metricText(t, metric)} · ${table}`} height={130} />
      <p className="muted px-2 text-xs">{await basis(series)}</p>
    </>
  );
}

async function basis({ metric, learning, band, points }: MetricSeries): Promise<string> {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  if (learning) return t('learning', learning);
  if (!band) return '';
  const last = points.at(-1);
  const said = t(last?.isAnomaly ? 'lastUnusual' : 'lastUsual');
  const made = t(band.season ? 'bandOfSeason' : 'bandOf', { points: band.points });
  if (band.trend === undefined || last?.lower === undefined || last.upper === undefined) return `${said} ${made}`;
  const [lower, upper] = [last.lower, last.upper].map((value) => metricValue(metric, value, locale));
  const trend = trendText(t, { metric, trend: band.trend }, locale);
  return `${said} ${t('expectedWithTrend', { lower: lower ?? '', upper: upper ?? '', trend })} ${made}`;
}

async function Others({ anomalies, search }: { anomalies: readonly FoundAnomaly[]; search: QualitySearch }) {
  const t = await getTranslations('quality');
  const [locale, timeZone] = [await getLocale(), await getTimeZone()];
  if (anomalies.length === 0) {
    return (
      <p className="px-2 text-xs">
        <State state="succeeded">{t('noAnomalies', { count: Number(search.days) })}</State>
      </p>
    );
  }
  return (
    <ul className="grid gap-0.5 px-2 text-xs">
      {anomalies.slice(0, OTHERS_SHOWN).map(({ table, metric, at, evaluationId }) => (
        <li key={`${evaluationId} ${metric}`} className="flex min-w-0 items-center gap-2">
          <State state="rejected">{''}</State>
          {metric === 'Schema' ? (
            <Link className="truncate" href={routes.datasetQuality(table, { evaluation: evaluationId }) as Route}>
              {metricText(t, metric)} · {table}
            </Link>
          ) : (
            <Link className="truncate" href={`${routes.quality({ ...search, table, metric })}#anomalies` as Route}>
              {metricText(t, metric)} · {table}
            </Link>
          )}
          <Link
            className="muted whitespace-nowrap"
            href={routes.datasetQuality(table, { evaluation: evaluationId }) as Route}
          >
            {formatTime(new Date(at), { locale, timeZone })}
          </Link>
        </li>
      ))}
      {anomalies.length > OTHERS_SHOWN && (
        <li className="muted">
          <Link href={routes.incidents({ show: 'all' }) as Route}>
            {t('moreAnomalies', { count: anomalies.length - OTHERS_SHOWN })}
          </Link>
        </li>
      )}
    </ul>
  );
}
