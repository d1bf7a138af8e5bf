import { getLocale, getTranslations } from 'next-intl/server';
import { LevelGauge } from '@/components/chart/level-gauge';
import { State } from '@/components/ui/state';
import { formatNumber } from '@/lib/format/number';
import { TARGET } from '@/lib/languages/quality/figures.ts';

/** The score of the lake as its level. */
export async function ScoreCard({ score }: { score: number | undefined }) {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  const target = formatNumber(TARGET * 100, locale);
  return (
    <div className="min-w-0">
      <div className="ph">
        <h2>{t('score')}</h2>
        {score !== undefined && (
          <State state={score < TARGET ? 'rejected' : 'succeeded'}>
            {t(score < TARGET ? 'underTarget' : 'onTarget')}
          </State>
        )}
      </div>
      <div className="px-4 py-3">
        {score === undefined ? (
          <p className="muted">{t('noRules')}</p>
        ) : (
          <LevelGauge
            label={t('scoreLabel', { score: formatNumber(score * 100, locale, 1), target })}
            score={score}
            target={TARGET}
            texts={{ score: formatNumber(score * 100, locale, 1), of: t('of100'), target: t('target', { target }) }}
          />
        )}
      </div>
    </div>
  );
}
