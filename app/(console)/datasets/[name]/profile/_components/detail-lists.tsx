'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber, formatShare } from '@/lib/format/number';
import { MAX_TEXT } from '@/lib/languages/quality/profile-basics.ts';
import { rowsWithValue } from '@/lib/languages/quality/profile-rows.ts';
import type { ColumnProfile, TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { routes } from '@/lib/routes';

const SHOWN = 10;

/** The most frequent values, which open their rows, and the shapes of texts. */
export function DetailLists({ profile, column }: { profile: TableProfile; column: ColumnProfile }) {
  const t = useTranslations('profile');
  const filled = profile.rows - column.nulls;
  const top = column.top.slice(0, SHOWN).map(({ value, rows }) => {
    return { text: value, rows, sql: rowsWithValue(profile, column, value, MAX_TEXT) };
  });
  const patterns = (column.patterns ?? []).map(({ pattern, rows }) => ({ text: pattern, rows }));
  return (
    <>
      {top.length > 0 && <RankedList title={t('detail.top')} items={top} of={filled} />}
      {patterns.length > 0 && <RankedList title={t('detail.patterns')} items={patterns} of={filled} />}
    </>
  );
}

interface RankedListProps {
  title: string;
  items: { text: string; rows: number; sql?: string | undefined }[];
  of: number;
}

function RankedList({ title, items, of }: RankedListProps) {
  const t = useTranslations('profile');
  const locale = useLocale();
  return (
    <section className="min-w-0">
      <h3 className="muted mb-1 font-medium text-xs">{title}</h3>
      <ul className="grid gap-0.5">
        {items.map(({ text, rows, sql }) => (
          <li key={text} className="relative flex min-h-6 items-center gap-2 px-1.5">
            <span
              aria-hidden="true"
              className="absolute inset-y-0 left-0 bg-[var(--depth-1)]"
              style={{ width: `${Math.min(100, (rows / Math.max(1, of)) * 100)}%` }}
            />
            <span className="mono relative min-w-0 grow truncate" title={text}>
              {sql === undefined ? (
                shown(text)
              ) : (
                <Link
                  className="block truncate leading-6"
                  href={routes.sql({ query: sql }) as Route}
                  title={t('seeRows')}
                >
                  {shown(text)}
                </Link>
              )}
            </span>
            <span className="relative whitespace-nowrap tabular-nums">
              {formatNumber(rows, locale)}{' '}
              <span className="muted">{formatShare(of === 0 ? 0 : rows / of, locale)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function shown(text: string): string {
  return text === '' ? '""' : text;
}
