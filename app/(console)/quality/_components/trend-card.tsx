import { getLocale, getTranslations } from 'next-intl/server';
import { formatNumber, withMinus } from '@/lib/format/number';
import type { QualityDashboard } from '@/lib/quality/dashboard/schemas';
import { ScoreTrend } from './score-trend';

/** How the score came to be what it is. */
export async function TrendCard({ trend, change }: Pick<QualityDashboard, 'trend' | 'change'>) {
  const t = await getTranslations('quality');
  return (
    <div className="min-w-0 border-line max-lg:border-t lg:border-l">
      <div className="ph">
        <h2>{t('trend')}</h2>
        {change && <span className="muted truncate text-xs">{await said(change)}</span>}
      </div>
      <div className="py-2 pr-3 pl-2">
        <ScoreTrend title={t('trendLabel')} points={trend} height={150} />
      </div>
    </div>
  );
}

async function said({ by, mostly }: { by: number; mostly?: string }): Promise<string> {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  const points = Math.round(by * 1000) / 10;
  if (points === 0) return t('sameAsYesterday');
  const sign = points > 0 ? '+' : '';
  const amount = sign + withMinus(formatNumber(points, locale, 1));
  return mostly ? t('sinceYesterdayMostly', { amount, table: mostly }) : t('sinceYesterday', { amount });
}
