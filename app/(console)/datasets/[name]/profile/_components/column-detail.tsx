'use client';
import { SquareTerminal } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '@/components/ui/button';
import { formatNumber, formatShare } from '@/lib/format/number';
import { outlierRows, rowsWithoutValue } from '@/lib/languages/quality/profile-rows.ts';
import type { ColumnProfile, TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { routes } from '@/lib/routes';
import { DetailHistogram } from './detail-histogram';
import { DetailLists } from './detail-lists';
import { useValueText } from './use-value-text';

interface ColumnDetailProps {
  profile: TableProfile;
  column: ColumnProfile;
}

type Fact = [label: string, value: ReactNode];

/** All figures of a column, each with the rows behind it where there are some. */
export function ColumnDetail({ profile, column }: ColumnDetailProps) {
  const t = useTranslations('profile');
  const figures = useFigures(profile, column);
  const quantiles = useQuantiles(column);
  return (
    <div className="sticky left-4 grid max-w-[calc(100vw-4rem)] grid-cols-[repeat(auto-fit,minmax(min(100%,15rem),1fr))] gap-x-8 gap-y-4">
      <Figures title={t('detail.figures')} facts={figures} />
      {quantiles.length > 0 && <Figures title={t('detail.quantiles')} facts={quantiles} />}
      {column.histogram && column.histogram.length > 1 && <DetailHistogram column={column} bins={column.histogram} />}
      <DetailLists profile={profile} column={column} />
    </div>
  );
}

function useFigures(profile: TableProfile, column: ColumnProfile): Fact[] {
  const t = useTranslations('profile');
  const locale = useLocale();
  const value = useValueText();
  const filled = profile.rows - column.nulls;
  const count = (rows: number, of = profile.rows) =>
    t('withShare', { count: formatNumber(rows, locale), share: formatShare(of === 0 ? 0 : rows / of, locale) });
  const facts: (Fact | undefined)[] = [
    [t('detail.nulls'), withRows(count(column.nulls), column.nulls ? rowsWithoutValue(profile, column) : undefined)],
    column.distinct === undefined ? undefined : [t('detail.distinct'), count(column.distinct, filled)],
    column.unique === undefined ? undefined : [t('detail.unique'), count(column.unique, filled)],
    column.mean === undefined ? undefined : [t('detail.mean'), value(column, column.mean)],
    column.standardDeviation === undefined || column.kind !== 'number'
      ? undefined
      : [t('detail.deviation'), value(column, column.standardDeviation)],
    column.zeros === undefined ? undefined : [t('detail.zeros'), count(column.zeros, filled)],
    column.negatives === undefined ? undefined : [t('detail.negatives'), count(column.negatives, filled)],
    column.outliers === undefined
      ? undefined
      : [
          t('detail.outliers'),
          withRows(count(column.outliers, filled), column.outliers ? outlierRows(profile, column) : undefined),
        ],
    column.length
      ? [
          t('detail.length'),
          t('detail.lengths', {
            min: column.length.min,
            max: column.length.max,
            mean: formatNumber(column.length.mean, locale, 1),
          }),
        ]
      : undefined,
    column.empty === undefined ? undefined : [t('detail.empty'), count(column.empty, filled)],
    column.sensitive
      ? [
          t('detail.sensitive'),
          `${t(`sensitive.${column.sensitive.kind}`)}, ${formatShare(column.sensitive.share, locale)}`,
        ]
      : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function useQuantiles(column: ColumnProfile): Fact[] {
  const t = useTranslations('profile');
  const value = useValueText();
  const { p1, p5, p25, p50, p75, p95, p99 } = column.quantiles ?? {};
  const all: [string, number | undefined][] = [
    ['1%', p1],
    ['5%', p5],
    ['25%', p25],
    [t('detail.median'), p50],
    ['75%', p75],
    ['95%', p95],
    ['99%', p99],
  ];
  return all.flatMap(([label, at]): Fact[] => (at === undefined ? [] : [[label, value(column, at)]]));
}

/** `sql` shows the rows behind a figure. */
function withRows(text: string, sql: string | undefined): ReactNode {
  return sql === undefined ? text : <RowsLink text={text} sql={sql} />;
}

function RowsLink({ text, sql }: { text: string; sql: string }) {
  const t = useTranslations('profile');
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
      {text}
      <LinkButton size="sm" variant="ghost" icon={SquareTerminal} href={routes.sql({ query: sql })}>
        {t('seeRows')}
      </LinkButton>
    </span>
  );
}

function Figures({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <section>
      <h3 className="muted mb-1 font-medium text-xs">{title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="muted">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
