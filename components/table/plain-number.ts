import type { Locale } from '@/lib/i18n/locales';

/** A number as the reader writes it (`−1 204,50`) as Athena does (`-1204.50`). What is no number stays as it is. */
export function plainNumber(text: string, locale: Locale): string {
  const bare = text
    .trim()
    .replace(/\u2212/g, '-')
    .replace(/[\s\u00a0\u202f]/g, '');
  const plain = locale === 'fr' ? bare.replace(',', '.') : bare.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? plain : text.trim();
}
