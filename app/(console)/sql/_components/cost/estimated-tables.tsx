'use client';
import { useLocale, useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { formatPrice } from '@/lib/format/number';
import type { Estimate } from '@/lib/query/cost/schemas';

/** What of each table is read, and what the price is made of. */
export function EstimatedTables({ estimate }: { estimate: Extract<Estimate, { status: 'scan' }> }) {
  const t = useTranslations('sql.cost');
  const locale = useLocale();
  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too. */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={t('tables')}>
        <table className="table">
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
                  <span className="mono">{table.name}</span>{' '}
                  <span className="faint">{t(`format.${table.format}`)}</span>
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
        </table>
      </section>
      <p className="faint">
        {t(estimate.isListedPrice ? 'priceHint' : 'usualPriceHint', {
          price: formatPrice(estimate.usdPerTerabyte, locale),
          region: estimate.region,
        })}{' '}
        <a className="link" href="https://aws.amazon.com/athena/pricing/" target="_blank" rel="noreferrer">
          {t('priceSource')}
        </a>
      </p>
    </div>
  );
}
