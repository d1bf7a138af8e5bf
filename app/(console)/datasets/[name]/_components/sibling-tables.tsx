import { Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Amount } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { listDatasets } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';

/** The tables that one dataset's files end in; nothing where the page's own is the only one. */
export async function SiblingTables({ dataset, current }: { dataset: string; current: string | undefined }) {
  const t = await getTranslations('datasets');
  const result = await load(listDatasets, undefined);
  const tables = (result.ok && result.data.datasets.find(({ name }) => name === dataset)?.tables) || [];
  if (tables.every(({ name }) => name === current)) return null;
  return (
    <Panel title={t('tablesOf', { dataset })}>
      <ul className="grid gap-1">
        {tables.map((table) => (
          <li key={table.name} className="flex items-center gap-2">
            <Icon of={Table2} size="s" />
            <Link
              className="mono min-w-0 truncate"
              href={routes.dataset(table.name) as Route}
              aria-current={table.name === current ? 'page' : undefined}
            >
              {table.name}
            </Link>
            <span className="grow" />
            <span className="muted text-xs">
              <Amount value={table.rows} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
