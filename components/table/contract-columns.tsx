'use client';
import { useTranslations } from 'next-intl';
import { Table } from '@/components/ui/table';
import type { ContractColumn } from '@/lib/languages/contract/contract.ts';
import { ColumnIcon } from './column-icon';

/** A contract's columns: the name in the table, the type, what is needed; where there is room, the name in the files. */
export function ContractColumns({
  columns,
  withFileNames,
}: {
  columns: readonly ContractColumn[];
  withFileNames?: boolean;
}) {
  const t = useTranslations('contract');
  return (
    <Table label={t('columns')}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('type')}</th>
          <th scope="col">{t('required')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column.name}>
            <td>
              <span className="flex items-center gap-2">
                <ColumnIcon type={column.physicalType} />
                <span className="mono">{column.name}</span>
                {withFileNames && column.physicalName !== column.name && (
                  <span className="faint text-xs">{column.physicalName}</span>
                )}
              </span>
            </td>
            <td className="mono muted">{column.physicalType}</td>
            <td className="muted">{column.required ? t('yes') : t('no')}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
