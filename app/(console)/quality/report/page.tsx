import { Download, Gauge } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { reportDocument } from '@/lib/languages/quality/report/report-document.ts';
import { load } from '@/lib/page';
import { getReport } from '@/lib/quality';
import { PERIODS } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import { KeptReports } from './_components/kept-reports';
import { ReportBlocks } from './_components/report-blocks';
import { ReportSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('qualityReport');
  return { title: t('title') };
}

interface ReportPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReportPage({ searchParams }: ReportPageProps) {
  const { days } = ReportSearch.parse(await searchParams);
  return (
    <div className="page">
      <Head days={days} />
      <Suspense
        key={days}
        fallback={
          <Panel>
            <Skeleton lines={12} />
          </Panel>
        }
      >
        <Report days={days} />
      </Suspense>
      <div className="print:hidden">
        <Suspense
          fallback={
            <Panel>
              <Skeleton lines={3} />
            </Panel>
          }
        >
          <KeptReports />
        </Suspense>
      </div>
    </div>
  );
}

async function Head({ days }: ReportSearch) {
  const t = await getTranslations('qualityReport');
  return (
    <div className="head flex-wrap">
      <h1 className="text-xl">{t('title')}</h1>
      <span className="grow" />
      <nav className="seg print:hidden" aria-label={t('period')}>
        {PERIODS.map((each) => (
          <Link
            key={each}
            href={routes.qualityReport({ days: each }) as Route}
            className={each === days ? 'on' : undefined}
            aria-current={each === days ? 'true' : undefined}
          >
            {t('days', { count: Number(each) })}
          </Link>
        ))}
      </nav>
      <span className="print:hidden flex flex-wrap gap-2">
        <LinkButton icon={Gauge} href={routes.quality({ days })}>
          {t('dashboard')}
        </LinkButton>
        <LinkButton icon={Download} isDownload href={routes.qualityReportFile({ days, format: 'pdf' })}>
          {t('pdf')}
        </LinkButton>
        <LinkButton icon={Download} isDownload href={routes.qualityReportFile({ days, format: 'csv' })}>
          {t('csv')}
        </LinkButton>
      </span>
    </div>
  );
}

async function Report({ days }: ReportSearch) {
  const t = await getTranslations('qualityReport');
  const result = await load(getReport, { days, timeZone: await getTimeZone() });
  if (!result.ok) return <Failure error={result.error} />;
  if (result.data.checkedAt === undefined) {
    return (
      <Panel>
        <EmptyState
          title={t('empty.title')}
          body={t('empty.body')}
          actions={
            <LinkButton variant="primary" href={routes.quality()}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      </Panel>
    );
  }
  const { period, made, blocks } = reportDocument(result.data, await getLocale());
  return (
    <>
      <p className="muted">
        {period} · {made}
      </p>
      <ReportBlocks blocks={blocks} />
    </>
  );
}
