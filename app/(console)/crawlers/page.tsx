import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth';
import { rolesWith } from '@/lib/auth/permissions';
import { listCrawlers } from '@/lib/crawlers';
import type { PlanSource } from '@/lib/crawlers/schemas';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { CrawlPlan } from './_components/crawl-plan';
import { CrawlerTable } from './_components/crawler-table';
import { DryRunForm } from './_components/dry-run-form';
import { CrawlerSearch, planSource } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('crawler');
  return { title: t('title') };
}

interface CrawlerPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CrawlerPage({ searchParams }: CrawlerPageProps) {
  const t = await getTranslations('crawler');
  const search = CrawlerSearch.parse(await searchParams);
  const source = planSource(search);
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        <LinkButton href={routes.datasets()}>{t('datasets')}</LinkButton>
      </div>
      <p className="muted max-w-prose">{t('lead')}</p>
      <Suspense fallback={<Waiting lines={3} />}>
        <Crawlers />
      </Suspense>
      <DryRunForm key={JSON.stringify(search)} search={search} />
      {source && (
        <Suspense key={JSON.stringify(source)} fallback={<Waiting lines={8} />}>
          <Plan source={source} />
        </Suspense>
      )}
    </div>
  );
}

function Waiting({ lines }: { lines: number }) {
  return (
    <Panel>
      <Skeleton lines={lines} />
    </Panel>
  );
}

async function Crawlers() {
  const t = await getTranslations('crawler');
  const result = await load(listCrawlers, undefined);
  const { role } = await pageContext();
  if (!result.ok) return <Failure error={result.error} title={t('crawlersFailed')} />;
  if (result.data.length === 0) {
    return (
      <Panel>
        <EmptyState title={t('noCrawlers')} body={t('noCrawlersBody')} />
      </Panel>
    );
  }
  return (
    <Panel isFlush title={t('list')} aside={result.data.length}>
      <CrawlerTable crawlers={result.data} mayRun={can(role, 'crawlers:run')} />
    </Panel>
  );
}

async function Plan({ source }: { source: PlanSource }) {
  const t = await getTranslations();
  const { role } = await pageContext();
  const roles = rolesWith('crawlers:run').map((one) => t(`roles.${one}`));
  const mayNot = can(role, 'crawlers:run') ? undefined : t('crawler.mayNot', { roles: roles.join(', ') });
  return <CrawlPlan source={source} mayNot={mayNot} />;
}
