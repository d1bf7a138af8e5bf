'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Play, ScanSearch, Square } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button, LinkButton } from '@/components/ui/button';
import { State, type StateName } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { plansKey } from '@/lib/crawlers/query-options';
import type { Crawl, CrawlerSummary } from '@/lib/crawlers/schemas';
import { routes } from '@/lib/routes';
import { startCrawler, stopCrawler } from '../actions';

const REFRESH_MS = 2_000;

/** The crawlers with their state; while one is at work, the page looks again by itself. */
export function CrawlerTable({ crawlers, mayRun }: { crawlers: readonly CrawlerSummary[]; mayRun: boolean }) {
  const t = useTranslations('crawler');
  const router = useRouter();
  const client = useQueryClient();
  const isBusy = crawlers.some(({ state }) => state !== 'READY');
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MS);
    return () => {
      clearInterval(timer);
      // What a dry run compares with has been written by the crawl.
      void client.invalidateQueries({ queryKey: plansKey });
    };
  }, [isBusy, router, client]);
  return (
    <Table label={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('lastCrawl')}</th>
          <th scope="col">{t('changed')}</th>
          <th scope="col">{t('schedule')}</th>
          <th scope="col">
            <span className="sr-only">{t('dryRun')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {crawlers.map((crawler) => (
          <CrawlerRow key={crawler.name} crawler={crawler} mayRun={mayRun} />
        ))}
      </tbody>
    </Table>
  );
}

const crawlStates: Record<Crawl['status'], StateName> = {
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  RUNNING: 'running',
  STOPPED: 'stopped',
};

function CrawlerRow({ crawler, mayRun }: { crawler: CrawlerSummary; mayRun: boolean }) {
  const t = useTranslations('crawler');
  const { name, state, targets, lastCrawl, schedule, isChanging } = crawler;
  return (
    <tr>
      <td className="!whitespace-normal !py-1.5">
        <span className="mono whitespace-nowrap">{name}</span>
        <span className="muted block min-w-52 text-xs break-all">{targets.join(', ')}</span>
        <span className="muted block text-xs">{t(isChanging ? 'changesColumns' : 'leavesColumns')}</span>
      </td>
      <td>
        <State state={state === 'READY' ? 'waiting' : 'running'}>{t(`states.${state}`)}</State>
      </td>
      <td>
        {lastCrawl ? (
          <span className="grid gap-0.5">
            <State state={crawlStates[lastCrawl.status]}>{t(`crawlStates.${lastCrawl.status}`)}</State>
            <span className="muted text-xs">
              <RelativeTime value={lastCrawl.startedAt} />
            </span>
          </span>
        ) : (
          <span className="muted">{t('never')}</span>
        )}
      </td>
      <td className="muted !whitespace-normal">{lastCrawl && <CrawlChanged crawl={lastCrawl} />}</td>
      <td className="muted">{schedule ? <span className="mono">{schedule}</span> : t('byHand')}</td>
      <td>
        <span className="flex items-center justify-end gap-2">
          {mayRun && <RunOrStop name={name} isReady={state === 'READY'} />}
          <LinkButton size="sm" icon={ScanSearch} href={routes.crawlers({ crawler: name })}>
            {t('dryRun')}
          </LinkButton>
        </span>
      </td>
    </tr>
  );
}

function CrawlChanged({ crawl: { error, tables, partitions } }: { crawl: Crawl }) {
  const t = useTranslations('crawler');
  if (error) return error;
  const isSome = (changes: typeof tables) => changes && changes.added + changes.updated + changes.deleted > 0;
  if (tables && !isSome(tables) && !isSome(partitions)) return t('nothingChanged');
  return (
    <span className="grid gap-0.5 text-xs">
      {tables && isSome(tables) && <span>{t('tablesChanged', { ...tables })}</span>}
      {partitions && isSome(partitions) && <span>{t('partitionsChanged', { ...partitions })}</span>}
    </span>
  );
}

function RunOrStop({ name, isReady }: { name: string; isReady: boolean }) {
  const t = useTranslations('crawler');
  const router = useRouter();
  const toast = useToast();
  const failed = useFailureToast();
  const [isPending, start] = useTransition();
  const act = () =>
    start(async () => {
      const result = await (isReady ? startCrawler({ name }) : stopCrawler({ name }));
      if (!result.ok) failed(result.error);
      else toast({ state: isReady ? 'succeeded' : 'stopped', title: t(isReady ? 'started' : 'stopped', { name }) });
      router.refresh();
    });
  return (
    <Button size="sm" icon={isReady ? Play : Square} isPending={isPending} onClick={act}>
      {t(isReady ? 'run' : 'stop')}
      <span className="sr-only">{name}</span>
    </Button>
  );
}
