import { Bookmark, Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { can } from '@/lib/auth';
import { listDatasets } from '@/lib/catalog';
import type { TableSummary } from '@/lib/catalog/schemas';
import { load, pageContext } from '@/lib/page';
import { listSavedQueries } from '@/lib/query';
import { routes } from '@/lib/routes';

const SHOWN = 6;

/** What is made of the table: tables computed from its dataset, and the saved queries that read it. */
export async function UsedBy({ table, dataset }: { table: TableSummary; dataset: string }) {
  const t = await getTranslations('datasets');
  const { role } = await pageContext();
  const name = `${table.database}.${table.name}`;
  const [catalog, saved] = await Promise.all([
    table.name === dataset ? load(listDatasets, undefined) : undefined,
    can(role, 'queries:read') ? load(listSavedQueries, {}) : undefined,
  ]);
  const siblings = catalog?.ok ? (catalog.data.datasets.find((each) => each.name === dataset)?.tables ?? []) : [];
  const computed = siblings.filter((each) => each.name !== table.name);
  const readers = saved?.ok ? saved.data.filter(({ tables }) => tables.includes(name)) : [];
  if (computed.length + readers.length === 0) return null;
  return (
    <Panel title={t('usedBy')} aside={computed.length + readers.length}>
      <ul className="grid gap-1">
        {computed.map((each) => (
          <li key={each.name} className="flex min-w-0 items-center gap-2">
            <Icon of={Table2} size="s" />
            <Link className="mono truncate" href={routes.dataset(each.name) as Route}>
              {each.name}
            </Link>
          </li>
        ))}
        {readers.slice(0, SHOWN).map((query) => (
          <li key={query.id} className="flex min-w-0 items-center gap-2">
            <Icon of={Bookmark} size="s" />
            <Link className="truncate" href={routes.sql({ saved: query.id }) as Route}>
              {query.name}
            </Link>
          </li>
        ))}
      </ul>
      {readers.length > SHOWN && (
        <p className="mt-2">
          <Link href={routes.datasetQueries(table.name) as Route}>{t('allReaders', { count: readers.length })}</Link>
        </p>
      )}
    </Panel>
  );
}
