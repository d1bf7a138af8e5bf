'use client';
import { useQuery } from '@tanstack/react-query';
import { Search, Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { downstreamOptions } from '@/lib/catalog/query-options';
import type { DownstreamDataset } from '@/lib/catalog/schemas';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import type { Effect } from '@/lib/storage/point-in-time';

/** The tables and saved queries that change with the files, listed before anything is done. */
export function WhatFollows({ effects }: { effects: readonly Effect[] }) {
  const t = useTranslations();
  // What follows is a dataset's, and a dataset is a folder: one file of each says it.
  const keys = [...new Map(effects.map(({ key }) => [key.split('/')[0], key])).values()];
  const { data, error, refetch } = useQuery(downstreamOptions(keys));
  if (error) {
    return (
      <Failure
        error={reportFrom(error)}
        title={t('pointInTime.downstream.failed')}
        action={<Button onClick={() => refetch()}>{t('common.retry')}</Button>}
      />
    );
  }
  const hasTables = data?.some(({ tables }) => tables.length > 0);
  return (
    <Panel title={t('pointInTime.downstream.title')}>
      {!data && <Skeleton />}
      {data && <p className="muted">{t(hasTables ? 'pointInTime.downstream.lead' : 'pointInTime.downstream.none')}</p>}
      {data
        ?.filter(({ tables }) => tables.length > 0)
        .map((dataset) => (
          <Dataset key={dataset.dataset} dataset={dataset} />
        ))}
    </Panel>
  );
}

function Dataset({ dataset: { tables, queries } }: { dataset: DownstreamDataset }) {
  const t = useTranslations('pointInTime.downstream');
  return (
    <dl className="kv">
      <dt>{t('tables')}</dt>
      <dd>
        <ul className="grid gap-1">
          {tables.map(({ name, rows }) => (
            <li key={name} className="flex items-center gap-2">
              <Icon of={Table2} size="s" />
              <Link className="mono" href={routes.dataset(name) as Route}>
                {name}
              </Link>
              {rows !== undefined && <span className="muted text-xs">{t('rows', { count: rows })}</span>}
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t('queries')}</dt>
      <dd>
        {queries.length === 0 && <span className="muted">{t('noQueries')}</span>}
        <ul className="grid gap-1">
          {queries.map(({ id, name, sql }) => (
            <li key={id} className="flex items-center gap-2">
              <Icon of={Search} size="s" />
              <Link href={routes.sql({ query: sql }) as Route}>{name}</Link>
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}
