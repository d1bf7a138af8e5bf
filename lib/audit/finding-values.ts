import { formatNumber } from '@/lib/format/number';
import type { Locale } from '@/lib/i18n/locales';
import type { Finding } from './chain/finding';

/** What the sentence of a finding (`audit.findings`) is filled with. */
export function findingValues({ code, sequence, until = sequence, id = '–', key = '–' }: Finding, locale: Locale) {
  return {
    n: formatNumber(sequence, locale),
    until: formatNumber(until, locale),
    next: formatNumber(sequence + 1, locale),
    before: formatNumber(sequence - 1, locale),
    count: until - sequence + (code === 'tailCut' ? 0 : 1),
    id,
    key,
  };
}
