import type { Locale } from '@/lib/i18n/locales';
import { NOTHING, numberFormat } from './number';

/** `240 ms`, `0.4 s`, `1 min 42 s`, `4 h 51 min`: two units at most, the same words in both languages. */
export function formatDuration(milliseconds: number | null | undefined, locale: Locale): string {
  if (milliseconds == null) return NOTHING;
  const ms = Math.max(0, milliseconds);
  if (ms < 100) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 59_950) {
    const seconds = numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000);
    return `${seconds}\u00a0s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return two(seconds, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return two(minutes, 60, 'h', 'min');
  return two(Math.round(minutes / 60), 24, locale === 'fr' ? 'j' : 'd', 'h');
}

function two(value: number, per: number, large: string, small: string): string {
  const rest = value % per;
  const head = `${Math.floor(value / per)}\u00a0${large}`;
  return rest ? `${head} ${rest}\u00a0${small}` : head;
}
