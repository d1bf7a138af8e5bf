import type { Locale } from '@/lib/i18n/locales';

const marks: Record<Locale, { group: string; decimal: string }> = {
  en: { group: ',', decimal: '.' },
  fr: { group: '\u202f', decimal: ',' },
};

/**
 * Writes a number as Athena gives it (`-1204833.40`) in the reader's language (`−1,204,833.40`), digit for digit:
 * a decimal(38,2) or a bigint has more of them than a JavaScript number holds.
 */
export function groupDigits(text: string, locale: Locale): string {
  const { sign, whole, fraction } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?$/.exec(text)?.groups ?? {};
  // NaN, Infinity and 1.5E-7 stay as they are.
  if (whole === undefined) return text;
  const { group, decimal } = marks[locale];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign ? '\u2212' : ''}${grouped}${fraction === undefined ? '' : decimal + fraction}`;
}
