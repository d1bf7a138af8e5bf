import { useLocale, useTranslations } from 'next-intl';
import { formatPrice } from '@/lib/format/number';
import type { Estimate } from '@/lib/query/cost/schemas';

type Scan = Extract<Estimate, { status: 'scan' }>;

/** What the scan costs, or that nobody here knows what AWS asks for in its region. */
export function ScanPrice({ estimate }: { estimate: Scan }) {
  const t = useTranslations('sql.cost');
  const locale = useLocale();
  const hint = usePriceHint(estimate);
  const { usd, region } = estimate;
  if (usd === undefined) return <span className="muted">{t('noPrice', { region })}</span>;
  return <span title={hint}>{formatPrice(usd, locale)}</span>;
}

export function PriceHint({ estimate }: { estimate: Scan }) {
  return usePriceHint(estimate);
}

function usePriceHint({ usdPerTerabyte, region }: Scan): string {
  const t = useTranslations('sql.cost');
  const locale = useLocale();
  if (usdPerTerabyte === undefined) return t('noPriceHint', { region });
  return t('priceHint', { price: formatPrice(usdPerTerabyte, locale), region });
}
