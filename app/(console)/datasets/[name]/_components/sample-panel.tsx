'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { CellValue } from '@/components/table/cell-value';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Table } from '@/components/ui/table';
import { sampleOptions } from '@/lib/catalog/query-options';
import { reportFrom } from '@/lib/fetch-json';
import { columnKind } from '@/lib/query/column-kind';
import type { RowPage } from '@/lib/query/schemas';

/** The first rows, by a query of their own, so that the page need not wait for Athena. */
export function SamplePanel({ table }: { table: string }) {
  const t = useTranslations();
  const { data, error, isPending, refetch } = useQuery(sampleOptions(table));
  if (error) {
    const retry = <Button onClick={() => refetch()}>{t('common.retry')}</Button>;
    return <Failure error={reportFrom(error)} title={t('datasets.sampleFailed')} action={retry} />;
  }
  return (
    <Panel
      isFlush={Boolean(data)}
      title={t('datasets.sample')}
      aside={data && t('datasets.firstRows', { count: data.rows.length })}
    >
      {isPending && <Skeleton lines={8} />}
      {data && <SampleTable sample={data} />}
    </Panel>
  );
}

function SampleTable({ sample }: { sample: RowPage }) {
  const t = useTranslations('datasets');
  const numeric = sample.columns.map((column) => columnKind(column.type) === 'number');
  return (
    <Table label={t('sample')}>
      <thead>
        <tr>
          {sample.columns.map((column, index) => (
            <th key={column.name} scope="col" className={numeric[index] ? 'num' : undefined}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sample.rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no name but their place.
          <tr key={line}>
            {row.map((cell, index) => (
              <td
                key={sample.columns[index]?.name}
                className={numeric[index] ? 'num' : 'max-w-80 overflow-hidden text-ellipsis'}
              >
                <CellValue value={cell} type={sample.columns[index]?.type ?? ''} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
