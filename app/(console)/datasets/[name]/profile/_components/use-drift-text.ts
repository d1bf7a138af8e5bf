'use client';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { ColumnDrift, DriftReason } from '@/lib/languages/quality/profile-drift.ts';
import { useValueText } from './use-value-text';

/** Says in a sentence what changed of a column. */
export function useDriftText({ after, before }: ColumnDrift) {
  const t = useTranslations('profile.drift');
  const locale = useLocale();
  const value = useValueText();
  const share = (part: number) => formatShare(part, locale);
  const column = after ?? before ?? { kind: 'number' as const, type: '' };
  return (reason: DriftReason): string => {
    switch (reason.code) {
      case 'added':
      case 'removed':
        return t(reason.code);
      case 'retyped':
        return t('retyped', { before: reason.before, after: reason.after });
      case 'nulls':
        return t('nulls', { before: share(reason.before), after: share(reason.after) });
      case 'mean':
        return t(reason.deviations < 0 ? 'meanDown' : 'meanUp', {
          before: value(column, reason.before),
          after: value(column, reason.after),
          deviations: formatNumber(Math.abs(reason.deviations), locale, 1),
        });
      case 'distribution':
        return t(reason.level === 'large' ? 'distributionLarge' : 'distributionSmall', {
          psi: formatNumber(reason.psi, locale, 2),
          js: formatNumber(reason.js, locale, 2),
        });
      case 'newCategories':
      case 'lostCategories':
        return t(reason.code, { values: reason.values.join(', '), share: share(reason.share) });
      case 'range':
        if (reason.min === undefined) return t('rangeAbove', { max: reason.max ?? '–' });
        if (reason.max === undefined) return t('rangeBelow', { min: reason.min });
        return t('range', { min: reason.min, max: reason.max });
      case 'unique':
        return t('unique');
    }
  };
}
