import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount, Bytes } from '@/components/ui/amount';
import { RelativeTime } from '@/components/ui/time';
import type { TableSummary } from '@/lib/catalog/schemas';

/** The table in four figures. */
export function TableFigures({ table }: { table: TableSummary }) {
  const t = useTranslations('datasets');
  return (
    <dl className="panel grid grid-cols-4 max-sm:grid-cols-2">
      <Figure label={t('rows')} value={<Amount value={table.rows} />} />
      <Figure label={t('columns')} value={<Amount value={table.columns.length} />} />
      <Figure label={t('size')} value={<Bytes value={table.sizeBytes} />} />
      <Figure label={t('updated')} value={<RelativeTime value={table.updatedAt} />} />
    </dl>
  );
}

function Figure({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="min-w-0 border-line border-l px-4 py-3 first:border-l-0 max-sm:[&:nth-child(3)]:border-l-0">
      <dt className="muted text-xs">{label}</dt>
      <dd className="truncate text-xl">{value}</dd>
    </div>
  );
}
