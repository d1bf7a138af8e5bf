'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Amount } from '@/components/ui/amount';
import { Skeleton } from '@/components/ui/skeleton';
import type { DownstreamDataset } from '@/lib/catalog/schemas';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';

/** What is made of a file, and so changes with it. */
export function downstreamOptions(key: string) {
  return queryOptions({
    queryKey: ['files', 'downstream', key],
    queryFn: ({ signal }) => fetchJson<DownstreamDataset[]>('/api/files/downstream', { body: { keys: [key] }, signal }),
  });
}

interface DownstreamProps {
  fileKey: string;
  /** Rows of this file in the tables, before and after; undefined where no run has counted them. */
  rows: { before: number | undefined; after: number | undefined };
}

/** Lists the tables and saved queries that change, before they do. */
export function Downstream({ fileKey, rows }: DownstreamProps) {
  const t = useTranslations('versions.downstream');
  const { data, error, isPending } = useQuery(downstreamOptions(fileKey));
  if (error) return <Failure isInForm error={reportFrom(error)} title={t('failed')} />;
  if (isPending) return <Skeleton lines={3} />;
  const tables = data.flatMap((dataset) => dataset.tables);
  const queries = data.flatMap((dataset) => dataset.queries);
  if (tables.length === 0) return <p className="muted">{t('none')}</p>;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t('tables', { count: tables.length })}</h3>
      <ul className="grid gap-1">
        {tables.map((table) => (
          <li key={table.name} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <Link className="mono" href={routes.dataset(table.name) as Route}>
              {table.name}
            </Link>
            <span className="muted text-xs">
              <Amount value={table.rows} /> {t('rows')}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">
        {t('fileRows')} <Amount value={rows.before} /> → <Amount value={rows.after} />
      </p>
      {queries.length > 0 && (
        <>
          <h3 className="font-medium">{t('queries', { count: queries.length })}</h3>
          <ul className="grid gap-1">
            {queries.map((query) => (
              <li key={query.id}>
                <Link href={routes.sql({ query: query.sql }) as Route}>{query.name}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
