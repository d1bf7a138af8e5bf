'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import { formatShare } from '@/lib/format/number';
import { formatDay } from '@/lib/format/time';
import type { MissingData } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import styles from './missing-map.module.css';

/** Shares from which the next depth begins: most columns lack little, and that is where one wants to see more. */
const DEPTHS = [0, 0.0001, 0.05, 0.2, 0.5, 0.9];

const MOVES: Record<string, [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A table that is read as one and looked at as a map; the arrow keys walk it, Enter opens the day's evaluation. */
export function MissingMap({ data }: { data: MissingData }) {
  const t = useTranslations('quality');
  const locale = useLocale();
  const { table, days, columns } = data;
  const [at, setAt] = useState<[number, number]>([0, days.length - 1]);
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = MOVES[event.key];
    if (!step) return;
    event.preventDefault();
    const next: [number, number] = [
      Math.min(Math.max(at[0] + step[0], 0), columns.length - 1),
      Math.min(Math.max(at[1] + step[1], 0), days.length - 1),
    ];
    setAt(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next.join()}"]`)?.focus();
  };
  const every = Math.ceil(days.length / 4);
  return (
    <div ref={showLastDay} className={styles.frame}>
      <table className={styles.map} onKeyDown={move} aria-label={t('missingOf', { table })}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              <span className="sr-only">{t('column')}</span>
            </th>
            {days.map(({ day }, index) => (
              <th key={day} scope="col">
                {/* Only some are written; all of them are read out. */}
                <span className={index % every === 0 ? styles.day : 'sr-only'}>{formatDay(day, locale)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, shares }, row) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              {days.map(({ day, evaluationId }, column) => {
                const share = shares[column];
                const said = sayShare(share);
                const title = t('missingCell', { column: name, day: formatDay(day, locale), share: said });
                const place = {
                  'data-at': `${row},${column}`,
                  tabIndex: row === at[0] && column === at[1] ? 0 : -1,
                  className: share === undefined ? styles.none : share === null ? styles.unknown : styles.cell,
                  style: { background: typeof share === 'number' ? `var(--depth-${depthOf(share)})` : undefined },
                  title,
                  onFocus: () => setAt([row, column]),
                };
                return (
                  <td key={day}>
                    {evaluationId ? (
                      <Link {...place} href={routes.datasetQuality(table, { evaluation: evaluationId }) as Route}>
                        <span className="sr-only">{said}</span>
                      </Link>
                    ) : (
                      <span {...place}>
                        <span className="sr-only">{said}</span>
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function sayShare(share: number | null | undefined): string {
    if (share === undefined) return t('noColumnYet');
    return share === null ? t('notChecked') : formatShare(share, locale);
  }
}

/** Where the days are wider than the screen, the last is the one to begin with. */
function showLastDay(frame: HTMLElement | null): void {
  if (frame) frame.scrollLeft = frame.scrollWidth;
}

function depthOf(share: number): number {
  return DEPTHS.findLastIndex((from) => share >= from);
}
