'use client';
import { useLocale } from 'next-intl';
import { formatShare } from '@/lib/format/number';

/** How much of a column is filled, and the share that is missing; `missing` from 0 to 1. */
export function MissingBar({ missing }: { missing: number }) {
  const locale = useLocale();
  // Some is never shown as none.
  const isSome = missing > 0 && missing < 0.0005;
  const text = isSome ? `< ${formatShare(0.001, locale)}` : formatShare(missing, locale);
  return (
    <span className="inline-flex w-full items-center gap-2">
      <span aria-hidden="true" className="flex h-1.5 w-14 shrink-0 border border-[var(--depth-3)]">
        <span className="bg-[var(--depth-3)]" style={{ width: `${(1 - missing) * 100}%` }} />
        {missing > 0 && <span className="w-0.5 shrink-0 bg-[var(--rejected)]" />}
      </span>
      <span className="grow text-right tabular-nums">{text}</span>
    </span>
  );
}
