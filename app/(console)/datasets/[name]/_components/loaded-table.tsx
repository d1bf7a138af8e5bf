import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatasetPage } from '@/lib/catalog';
import type { TableSummary } from '@/lib/catalog/schemas';
import { loadDataset } from '../load-dataset';

export type TablePage = DatasetPage & { table: TableSummary };

interface LoadedTableProps {
  params: Promise<{ name: string }>;
  children: (page: TablePage) => ReactNode;
}

/** The body of a tab that is about a table: what it shows once the table is known, and what it shows until then. */
export async function LoadedTable({ params, children }: LoadedTableProps) {
  const name = decodeURIComponent((await params).name);
  return (
    <div className="page">
      <Suspense
        fallback={
          <Panel>
            <Skeleton lines={10} />
          </Panel>
        }
      >
        <OfTable name={name}>{children}</OfTable>
      </Suspense>
    </div>
  );
}

async function OfTable({ name, children }: { name: string; children: LoadedTableProps['children'] }) {
  const t = await getTranslations('datasets');
  const result = await loadDataset(name);
  if (!result.ok) return <Failure error={result.error} />;
  if (!result.data) notFound();
  const { table } = result.data;
  if (table) return children({ ...result.data, table });
  return (
    <Panel>
      <EmptyState title={t('filesOnly')} body={t('filesOnlyBody')} />
    </Panel>
  );
}
