'use client';
import { useLocale } from 'next-intl';
import { formatNumber } from '@/lib/format/number';
import { formatDate, formatTime } from '@/lib/format/time';
import type { ColumnProfile } from '@/lib/languages/quality/table-profile.ts';

const DAY_MS = 86_400_000;
const DIGITS = 5;

/** Writes a column's figures: numbers in the reader's language, moments (milliseconds) in UTC, as the table has them. */
export function useValueText() {
  const locale = useLocale();
  return (column: Pick<ColumnProfile, 'kind' | 'type'>, value: number): string => {
    if (column.kind === 'moment') {
      const isDay = column.type.toLowerCase() === 'date' || value % DAY_MS === 0;
      return (isDay ? formatDate : formatTime)(new Date(value), { locale, timeZone: 'UTC' });
    }
    return formatNumber(Math.abs(value) < 1000 ? Number(value.toPrecision(DIGITS)) : value, locale);
  };
}
