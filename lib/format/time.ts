import type { Locale } from '@/lib/i18n/locales';

export interface TimeOptions {
  locale: Locale;
  timeZone: string;
  withSeconds?: boolean;
}

const made = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}

/** British dates in English: day before month, 24 hours. */
const tagOf = (locale: Locale) => (locale === 'en' ? 'en-GB' : 'fr-FR');

/** `28 Feb 2026, 14:02`, `28 févr. 2026, 14:02`; the zone is said once per view, not here. */
export function formatTime(at: Date, { locale, timeZone, withSeconds }: TimeOptions): string {
  return `${formatDate(at, { locale, timeZone })}, ${formatClock(at, { locale, timeZone, withSeconds })}`;
}

export function formatDate(at: Date, { locale, timeZone }: TimeOptions): string {
  return dateFormat(tagOf(locale), { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** A calendar day (`2026-11-26`) as `26 Nov`, `26 nov.`. */
export function formatDay(day: string, locale: Locale): string {
  return dateFormat(tagOf(locale), { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(new Date(day));
}

/** `14:02`. */
export function formatClock(at: Date, { locale, timeZone, withSeconds }: TimeOptions): string {
  const second = withSeconds ? ('2-digit' as const) : undefined;
  return dateFormat(tagOf(locale), { timeZone, hour: '2-digit', minute: '2-digit', second, hourCycle: 'h23' }).format(
    at,
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `now`, `2 min ago`, `3 h ago`, `yesterday 09:11`, and the date for what is older. */
export function formatRelative(at: Date, now: Date, options: TimeOptions): string {
  const age = now.getTime() - at.getTime();
  const relative = new Intl.RelativeTimeFormat(options.locale, { numeric: 'auto', style: 'narrow' });
  if (Math.abs(age) < MINUTE) return relative.format(0, 'second');
  if (age < 0) return formatTime(at, options);
  if (age < HOUR) return ago(Math.floor(age / MINUTE), 'min', options.locale);
  const days = daysBetween(at, now, options);
  if (days === 0) return ago(Math.floor(age / HOUR), 'h', options.locale);
  if (days === 1) return `${relative.format(-1, 'day')} ${formatClock(at, options)}`;
  return formatTime(at, options);
}

/** Intl's own narrow forms differ between engines ("2m ago", "2 min ago"): server and browser must agree. */
function ago(value: number, unit: 'min' | 'h', locale: Locale): string {
  const amount = `${value}\u00a0${unit}`;
  return locale === 'fr' ? `il y a ${amount}` : `${amount} ago`;
}

/** Calendar days as the reader's zone counts them. */
function daysBetween(at: Date, now: Date, { timeZone }: TimeOptions): number {
  const day = (date: Date) => {
    const parts = dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(date);
    return Date.parse(`${parts}T00:00:00Z`);
  };
  return Math.round((day(now) - day(at)) / (24 * HOUR));
}
