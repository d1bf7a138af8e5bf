'use client';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Table } from '@/components/ui/table';
import type { Estimate } from '@/lib/query/cost/schemas';
import { PriceHint } from './scan-price';

/** What of each table is read, and what the price is made of. */
export function EstimatedTables({ estimate }: { estimate: Extract<Estimate, { status: 'scan' }> }) {
  const t = useTranslations('sql.cost');
  return (
    <div className="grid gap-2">
      <Table label={t('tables')}>
        <thead>
          <tr>
            <th>{t('table')}</th>
            <th className="num">{t('bytes')}</th>
            <th className="num">{t('columnCount')}</th>
            <th className="num">{t('partitionCount')}</th>
            <th className="num">{t('fileCount')}</th>
          </tr>
        </thead>
        <tbody>
          {estimate.tables.map((table) => (
            <tr key={table.name}>
              <td>
                <span className="mono">{table.name}</span> <span className="faint">{t(`format.${table.format}`)}</span>
              </td>
              <td className="num">
                <Bytes value={table.bytes} />
              </td>
              <td className="num">{t('of', { count: table.columns, all: table.allColumns })}</td>
              <td className="num">
                <Amount value={table.partitions} />
              </td>
              <td className="num">
                <Amount value={table.files} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="faint">
        <PriceHint estimate={estimate} />{' '}
        <a className="underline" href="https://aws.amazon.com/athena/pricing/" target="_blank" rel="noreferrer">
          {t('priceSource')}
        </a>
      </p>
    </div>
  );
}
