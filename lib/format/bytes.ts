import type { Locale } from '@/lib/i18n/locales';
import { NOTHING, numberFormat, withMinus } from './number';

const UNITS: Record<Locale, readonly string[]> = {
  en: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  fr: ['o', 'ko', 'Mo', 'Go', 'To', 'Po'],
};

/** Powers of ten, three digits at most: `12.4 MB`, `12,4 Mo`. */
export function formatBytes(bytes: number | null | undefined, locale: Locale): string {
  if (bytes == null) return NOTHING;
  const units = UNITS[locale];
  let value = bytes;
  let unit = 0;
  // 999.95 rounds up to 1,000: that belongs to the next unit.
  while (Math.abs(value) >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const decimals = unit === 0 || Math.abs(value) >= 100 ? 0 : 1;
  const number = numberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  return `${withMinus(number)}\u00a0${units[unit]}`;
}
