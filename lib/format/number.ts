import type { Locale } from '@/lib/i18n/locales';

/** Formatters cost more to make than to use, and tables ask for the same one a thousand times. */
const made = new Map<string, Intl.NumberFormat>();

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}

export const NOTHING = '–';

/** Negative is a true minus sign (U+2212), which is as wide as a digit. */
export function withMinus(text: string): string {
  return text.replace(/^-/, '\u2212');
}

/** `1,204,833.4` in English, `1 204 833,4` in French; nothing is an en dash. */
export function formatNumber(value: number | bigint | null | undefined, locale: Locale, decimals?: number): string {
  if (value == null) return NOTHING;
  const options = decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return withMinus(numberFormat(locale, options).format(value));
}

/** `value` from 0 to 1: `18.4%`, `18,4 %`. */
export function formatShare(value: number | null | undefined, locale: Locale): string {
  if (value == null) return NOTHING;
  return withMinus(numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value));
}

/** US dollars with two significant digits and at least two decimals: `$0.00006`, `0,00006 $`. */
export function formatPrice(usd: number | null | undefined, locale: Locale): string {
  if (usd == null) return NOTHING;
  const magnitude = Math.abs(usd);
  const decimals = magnitude > 0 && magnitude < 1 ? Math.max(2, 1 - Math.floor(Math.log10(magnitude))) : 2;
  const options = {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.min(decimals, 20),
  } as const;
  return withMinus(numberFormat(locale, options).format(usd));
}
