import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { LoadedTable, type TablePage } from '../_components/loaded-table';
import { PartitionList } from './_components/partition-list';
import { PartitionsSearch } from './search-params';

interface PartitionsPageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: PartitionsPageProps) {
  const t = await getTranslations('partitions');
  return { title: t('pageTitle', { table: decodeURIComponent((await params).name) }) };
}

export default async function PartitionsPage({ params, searchParams }: PartitionsPageProps) {
  const search = PartitionsSearch.parse(await searchParams);
  return <LoadedTable params={params}>{(page) => <Partitions page={page} search={search} />}</LoadedTable>;
}

async function Partitions({ page: { name, table }, search }: { page: TablePage; search: PartitionsSearch }) {
  const t = await getTranslations('partitions');
  if (!table.partitionKeys) {
    return (
      <Panel>
        <EmptyState title={t('none.title')} body={t('none.body')} />
      </Panel>
    );
  }
  const types = new Map(table.columns.map((column) => [column.name, column.type]));
  const keys = table.partitionKeys.map((key) => ({ name: key, type: types.get(key) ?? 'string' }));
  return <PartitionList table={name} keys={keys} search={search} />;
}
