import { useLocale, useTranslations } from 'next-intl';
import { State } from '@/components/ui/state';
import type { TableScore } from '@/lib/catalog/schemas';
import { formatNumber } from '@/lib/format/number';

/** Of a hundred, as on the pages of quality. */
export function ScoreMark({ score }: { score: TableScore | 'none' }) {
  const t = useTranslations('datasets.list');
  const locale = useLocale();
  if (score === 'none') return <span className="muted">–</span>;
  const figure = formatNumber(score.score * 100, locale, 1);
  if (score.failingRules === 0) return figure;
  return (
    <State state="rejected">
      {figure}
      <span className="sr-only">{t('failingRules', { count: score.failingRules })}</span>
    </State>
  );
}
