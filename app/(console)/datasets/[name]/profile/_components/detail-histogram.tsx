'use client';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/format/number';
import type { ColumnProfile } from '@/lib/languages/quality/table-profile.ts';
import { useValueText } from './use-value-text';

interface DetailHistogramProps {
  column: ColumnProfile;
  bins: NonNullable<ColumnProfile['histogram']>;
}

export function DetailHistogram({ column, bins }: DetailHistogramProps) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const value = useValueText();
  const most = Math.max(...bins.map(({ rows }) => rows), 1);
  return (
    <figure aria-label={t('columns.distributionOf', { name: column.name })}>
      <figcaption className="muted mb-1 font-medium text-xs">{t('columns.distribution')}</figcaption>
      <ul className="flex h-24 items-end gap-px border-line-strong border-b">
        {bins.map(({ from, to, rows }) => {
          const said = t('detail.bin', {
            from: value(column, from),
            to: value(column, to),
            rows: formatNumber(rows, locale),
          });
          return (
            <li key={from} className="flex h-full grow items-end" title={said}>
              <span className="sr-only">{said}</span>
              <span
                aria-hidden="true"
                className="w-full bg-[var(--depth-3)]"
                style={{ height: rows === 0 ? 0 : `max(2px, ${(rows / most) * 100}%)` }}
              />
            </li>
          );
        })}
      </ul>
      <div className="faint flex justify-between pt-1 text-xs tabular-nums" aria-hidden="true">
        <span>{value(column, bins[0]?.from ?? 0)}</span>
        <span>{value(column, bins.at(-1)?.to ?? 0)}</span>
      </div>
    </figure>
  );
}
