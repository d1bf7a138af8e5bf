import { Bookmark } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { load } from '@/lib/page';
import { listSavedQueries } from '@/lib/query';
import { routes } from '@/lib/routes';

/** Saved queries that read a table, `database.table`. */
export async function SavedReaders({ table }: { table: string }) {
  const t = await getTranslations('tableQueries');
  const result = await load(listSavedQueries, {});
  if (!result.ok) return <Failure error={result.error} title={t('savedFailed')} />;
  const readers = result.data.filter(({ tables }) => tables.includes(table));
  return (
    <Panel isFlush={readers.length > 0} title={t('saved')} aside={readers.length || undefined}>
      {readers.length === 0 && <p className="muted">{t('noneSaved')}</p>}
      {readers.length > 0 && (
        <Table label={t('saved')}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('owner')}</th>
              <th scope="col">{t('changed')}</th>
              <th scope="col" className="w-full">
                {t('tags')}
              </th>
            </tr>
          </thead>
          <tbody>
            {readers.map((query) => (
              <tr key={query.id}>
                <td>
                  <span className="flex items-center gap-2">
                    <Icon of={Bookmark} size="s" />
                    <Link href={routes.sql({ saved: query.id }) as Route} title={query.description}>
                      {query.name}
                    </Link>
                  </span>
                </td>
                <td>{query.owner?.name ?? <span className="muted">–</span>}</td>
                <td className="muted">
                  <RelativeTime value={query.updatedAt} />
                </td>
                <td>
                  <span className="flex gap-1">
                    {query.tags.map((tag) => (
                      <Tag key={tag}>{tag}</Tag>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
