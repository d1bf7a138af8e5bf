import { Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import type { DatasetSummary } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';

/** The tables that one dataset's files end in. */
export function SiblingTables({ dataset, current }: { dataset: DatasetSummary; current: string | undefined }) {
  const t = useTranslations('datasets');
  return (
    <Panel title={t('tablesOf', { dataset: dataset.name })}>
      <ul className="grid gap-1">
        {dataset.tables.map((table) => (
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
