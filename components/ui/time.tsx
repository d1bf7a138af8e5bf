'use client';
import { useLocale, useNow, useTimeZone } from 'next-intl';
import { formatRelative, formatTime } from '@/lib/format/time';

/** A date and time; `value` in milliseconds or ISO 8601. */
export function Time({ value, withSeconds }: { value: number | string | null | undefined; withSeconds?: boolean }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  if (value == null) return '–';
  const at = new Date(value);
  return <time dateTime={at.toISOString()}>{formatTime(at, { locale, timeZone, withSeconds })}</time>;
}

const TICK_MS = 30_000;

/** "2 min ago" that stays true, with the exact time on hover. */
export function RelativeTime({ value }: { value: number | string | null | undefined }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const now = useNow({ updateInterval: TICK_MS });
  if (value == null) return '–';
  const at = new Date(value);
  return (
    // The server's clock and the browser's may fall on two sides of a minute.
    <time
      dateTime={at.toISOString()}
      title={formatTime(at, { locale, timeZone, withSeconds: true })}
      suppressHydrationWarning
    >
      {formatRelative(at, now, { locale, timeZone })}
    </time>
  );
}
