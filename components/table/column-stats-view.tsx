'use client';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber, formatShare } from '@/lib/format/number';
import { formatTime } from '@/lib/format/time';
import { columnKind } from '@/lib/query/column-kind';
import type { ColumnStats } from '@/lib/query/result/column-stats';
import { CellValue } from './cell-value';

/** What a column's values are like: the numbers, and their shape. */
export function ColumnStatsView({ stats, type }: { stats: ColumnStats; type: string }) {
  const t = useTranslations('result');
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const share = (value: number) => (stats.rows > 0 ? formatShare(value / stats.rows, locale) : '–');
  const facts: [label: string, value: React.ReactNode][] = [
    [t('stats.rows'), number(stats.rows)],
    [t('stats.nulls'), t('stats.withShare', { count: number(stats.nulls), share: share(stats.nulls) })],
    ...(stats.emptyTexts > 0 ? [[t('stats.emptyTexts'), number(stats.emptyTexts)] as [string, string]] : []),
    [
      t('stats.distinct'),
      stats.isDistinctCut ? t('stats.moreThan', { count: number(stats.distinct) }) : number(stats.distinct),
    ],
    ...(stats.min === undefined
      ? []
      : [[t('stats.min'), <CellValue key="min" value={stats.min} type={type} />] as [string, React.ReactNode]]),
    ...(stats.max === undefined
      ? []
      : [[t('stats.max'), <CellValue key="max" value={stats.max} type={type} />] as [string, React.ReactNode]]),
    ...(stats.mean === undefined ? [] : [[t('stats.mean'), number(stats.mean)] as [string, string]]),
  ];
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="muted">{label}</dt>
            <dd className="num truncate text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {stats.bins && stats.bins.length > 0 && <Histogram bins={stats.bins} isTime={columnKind(type) === 'time'} />}
      {stats.top && stats.top.length > 0 && <Top top={stats.top} rows={stats.rows} />}
    </div>
  );
}

function Histogram({ bins, isTime }: { bins: NonNullable<ColumnStats['bins']>; isTime: boolean }) {
  const t = useTranslations('result');
  const locale = useLocale();
  const most = Math.max(...bins.map(({ count }) => count));
  const text = (value: number) =>
    isTime
      ? formatTime(new Date(value), { locale, timeZone: 'UTC' })
      : formatNumber(Number(value.toPrecision(4)), locale);
  return (
    <figure aria-label={t('stats.histogram')}>
      <ul className="flex h-16 items-end gap-px border-line-strong border-b">
        {bins.map(({ from, to, count }) => {
          const said = t('stats.bin', { from: text(from), to: text(to), count });
          return (
            <li key={from} className="h-full grow" title={said}>
              <span className="sr-only">{said}</span>
              <span className="flex h-full items-end" aria-hidden="true">
                <span
                  className="w-full bg-[var(--depth-3)]"
                  style={{ height: count === 0 ? 0 : `max(2px, ${(count / most) * 100}%)` }}
                />
              </span>
            </li>
          );
        })}
      </ul>
      <div className="faint flex justify-between pt-1 tabular-nums" aria-hidden="true">
        <span>{text(bins[0]?.from ?? 0)}</span>
        <span>{text(bins.at(-1)?.to ?? 0)}</span>
      </div>
    </figure>
  );
}

function Top({ top, rows }: { top: NonNullable<ColumnStats['top']>; rows: number }) {
  const t = useTranslations('result');
  const locale = useLocale();
  return (
    <div className="grid gap-1">
      <span className="muted">{t('stats.top')}</span>
      <ul className="grid gap-1">
        {top.map(({ value, count }) => (
          <li key={value} className="relative flex gap-2 px-1.5 py-0.5">
            <span
              aria-hidden="true"
              className="absolute inset-y-0 left-0 bg-[var(--depth-0)]"
              style={{ width: `${(count / Math.max(1, rows)) * 100}%` }}
            />
            <span className="relative min-w-0 grow truncate">{value === '' ? '""' : value}</span>
            <span className="relative tabular-nums">{formatNumber(count, locale)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
