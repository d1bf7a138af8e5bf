import { Files, Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { DatasetSummary, TableSummary } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';

/** Every dataset with its tables below it; what is computed from a dataset stands under the dataset's own table. */
export function DatasetTable({ label, datasets }: { label: string; datasets: readonly DatasetSummary[] }) {
  const t = useTranslations('datasets');
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">{t('table')}</th>
          <th scope="col">{t('dataset')}</th>
          <th scope="col" className="num">
            {t('rows')}
          </th>
          <th scope="col" className="num">
            {t('columns')}
          </th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">{t('updated')}</th>
        </tr>
      </thead>
      <tbody>
        {datasets.flatMap((dataset) => [
          ...dataset.tables.map((table) => <TableRow key={table.name} table={table} />),
          ...(dataset.tables.length === 0 ? [<FilesRow key={`${dataset.name} files`} dataset={dataset} />] : []),
        ])}
      </tbody>
    </Table>
  );
}

function TableRow({ table }: { table: TableSummary }) {
  const isDerived = table.name !== table.dataset;
  return (
    <tr>
      <td>
        <span className={isDerived ? 'flex items-center gap-2 pl-5' : 'flex items-center gap-2'}>
          <Icon of={Table2} size="s" />
          <Link className="mono" href={routes.dataset(table.name) as Route}>
            {table.name}
          </Link>
        </span>
      </td>
      <td className="mono muted">{table.dataset}</td>
      <td className="num">
        <Amount value={table.rows} />
      </td>
      <td className="num">
        <Amount value={table.columns.length} />
      </td>
      <td className="num">
        <Bytes value={table.sizeBytes} />
      </td>
      <td className="muted">
        <RelativeTime value={table.updatedAt} />
      </td>
    </tr>
  );
}

function FilesRow({ dataset }: { dataset: DatasetSummary }) {
  const t = useTranslations('datasets');
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2">
          <Icon of={Files} size="s" />
          <Link className="mono" href={routes.dataset(dataset.name) as Route}>
            {dataset.name}
          </Link>
        </span>
      </td>
      <td className="mono muted">{dataset.name}</td>
      <td colSpan={4}>
        <Tag>{t('filesOnly')}</Tag>
      </td>
    </tr>
  );
}
