import { FileText, TriangleAlert } from 'lucide-react';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Count } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { load } from '@/lib/page';
import { getDashboard } from '@/lib/quality';
import type { QualityDashboard } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import { AnomalyCard } from './_components/anomaly-card';
import { CheckAll } from './_components/check-all';
import { DatasetScores } from './_components/dataset-scores';
import { FailingRules } from './_components/failing-rules';
import { MissingPanel } from './_components/missing-panel';
import { PeriodLinks } from './_components/period-links';
import { QualityFigures } from './_components/quality-figures';
import { ScoreCard } from './_components/score-card';
import { TrendCard } from './_components/trend-card';
import { Unreadable } from './_components/unreadable';
import { QualitySearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('quality');
  return { title: t('title') };
}

interface QualityPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function QualityPage({ searchParams }: QualityPageProps) {
  const t = await getTranslations('quality');
  const search = QualitySearch.parse(await searchParams);
  return (
    <div className="page">
      <Suspense
        fallback={
          <>
            <h1 className="text-xl">{t('title')}</h1>
            <Panel>
              <Skeleton lines={12} />
            </Panel>
          </>
        }
      >
        <Dashboard search={search} />
      </Suspense>
    </div>
  );
}

async function Dashboard({ search }: { search: QualitySearch }) {
  const t = await getTranslations('quality');
  const result = await load(getDashboard, { days: search.days, timeZone: await getTimeZone() });
  if (!result.ok) {
    return (
      <>
        <h1 className="text-xl">{t('title')}</h1>
        <Failure error={result.error} />
      </>
    );
  }
  const dashboard = result.data;
  return (
    <>
      <Head search={search} dashboard={dashboard} />
      {dashboard.unreadable.length > 0 && <Unreadable records={dashboard.unreadable} />}
      {dashboard.checkedAt === undefined ? (
        <Panel>
          <EmptyState
            title={t('empty.title')}
            body={t('empty.body')}
            actions={
              <LinkButton variant="primary" href={routes.upload()}>
                {t('empty.action')}
              </LinkButton>
            }
          />
        </Panel>
      ) : (
        <Figures search={search} dashboard={dashboard} />
      )}
      {dashboard.tables.length > 0 && <DatasetScores tables={dashboard.tables} />}
    </>
  );
}

async function Head({ search, dashboard }: { search: QualitySearch; dashboard: QualityDashboard }) {
  const t = await getTranslations('quality');
  const { tables, rules, checkedAt, openIncidents } = dashboard;
  return (
    <div className="head flex-wrap">
      <h1 className="text-xl">{t('title')}</h1>
      <span className="muted">
        {t('tables', { count: tables.length })} · {t('rules', { count: rules })}
        {checkedAt !== undefined && (
          <>
            {' · '}
            {t('checked')} <RelativeTime value={checkedAt} />
          </>
        )}
      </span>
      <span className="grow" />
      <PeriodLinks search={search} />
      <LinkButton icon={TriangleAlert} href={routes.incidents()}>
        {t('incidents')} <Count>{openIncidents}</Count>
      </LinkButton>
      <LinkButton icon={FileText} href={routes.qualityReport({ days: search.days })}>
        {t('report')}
      </LinkButton>
      <CheckAll tables={tables.map(({ table }) => table)} />
    </div>
  );
}

function Figures({ search, dashboard }: { search: QualitySearch; dashboard: QualityDashboard }) {
  const { failing, anomalies, tables, dimensions, trend, change, score } = dashboard;
  const [first] = anomalies;
  const place = search.metric && search.table ? { table: search.table, metric: search.metric } : first;
  const checked = tables.filter(({ at }) => at !== undefined).map(({ table }) => table);
  const table = search.table ?? place?.table ?? checked[0];
  return (
    <>
      <section className="panel grid lg:grid-cols-[248px_minmax(0,1fr)_minmax(0,1.06fr)]">
        <ScoreCard score={score} />
        <TrendCard trend={trend} change={change} />
        <Suspense fallback={<Skeleton lines={6} />}>
          <AnomalyCard
            search={search}
            anomalies={anomalies}
            table={place?.table ?? table}
            metric={place?.metric ?? 'Dataset.*.RowCount'}
          />
        </Suspense>
      </section>
      <QualityFigures dimensions={dimensions} anomalies={anomalies.length} search={search} />
      <FailingRules rules={failing} search={search} />
      {table && (
        <Suspense
          key={`${table}${search.days}`}
          fallback={
            <Panel>
              <Skeleton lines={8} />
            </Panel>
          }
        >
          <MissingPanel table={table} tables={checked} search={search} />
        </Suspense>
      )}
    </>
  );
}
