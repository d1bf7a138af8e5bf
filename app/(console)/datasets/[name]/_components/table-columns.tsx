import { useTranslations } from 'next-intl';
import { ColumnIcon } from '@/components/table/column-icon';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import type { TableSummary } from '@/lib/catalog/schemas';

export function TableColumns({ table }: { table: TableSummary }) {
  const t = useTranslations('datasets');
  const isCommented = table.columns.some((column) => column.comment);
  return (
    <Panel isFlush title={t('columns')} aside={table.columns.length}>
      <Table label={t('columns')}>
        <thead>
          <tr>
            <th scope="col">{t('column')}</th>
            <th scope="col" className="w-full">
              {t('type')}
            </th>
            {isCommented && <th scope="col">{t('comment')}</th>}
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column) => (
            <tr key={column.name}>
              <td>
                <span className="flex items-center gap-2">
                  <ColumnIcon type={column.type} />
                  <span className="mono">{column.name}</span>
                </span>
              </td>
              <td className="mono muted">{column.type}</td>
              {isCommented && <td className="muted !whitespace-normal">{column.comment}</td>}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
