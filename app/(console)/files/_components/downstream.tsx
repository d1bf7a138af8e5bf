'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { State } from '@/components/ui/state';
import type { DownstreamDataset } from '@/lib/catalog/schemas';
import { fetchJson } from '@/lib/fetch-json';

/** Which tables lose the rows of files that leave the raw zone, and which saved queries read them. */
export function Downstream({ keys }: { keys: readonly string[] }) {
  const t = useTranslations('files');
  const { data, isPending, isError } = useQuery({
    queryKey: ['files', 'downstream', keys],
    queryFn: ({ signal }) => fetchJson<DownstreamDataset[]>('/api/files/downstream', { body: { keys }, signal }),
  });
  if (isPending) return <p className="muted">{t('downstream.looking')}</p>;
  // It warns and does not stand in the way: the delete can be undone.
  if (isError) return <p className="muted">{t('downstream.unknown')}</p>;
  const touched = data.filter(({ tables }) => tables.length > 0);
  if (touched.length === 0) return null;
  const queries = [...new Set(touched.flatMap((dataset) => dataset.queries.map(({ name }) => name)))];
  return (
    <div className="grid gap-1">
      <State state="rejected">{t('downstream.title')}</State>
      <ul className="grid gap-1 pl-5">
        {touched.map(({ dataset, tables }) => (
          <li key={dataset}>
            {t.rich('downstream.dataset', {
              dataset,
              tables: tables.map(({ name }) => name).join(', '),
              m: (text) => <span className="mono">{text}</span>,
            })}
          </li>
        ))}
      </ul>
      {queries.length > 0 && <p className="muted">{t('downstream.queries', { queries: queries.join(', ') })}</p>}
    </div>
  );
}
