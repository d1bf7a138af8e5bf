'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Table } from '@/components/ui/table';
import type { ListedDataset } from '@/lib/catalog/schemas';
import type { Sort } from '../search-params';
import { DatasetRow } from './dataset-row';
import { type Scores, scoreKey } from './sieve';

interface DatasetTableProps {
  datasets: readonly ListedDataset[];
  /** The lake's own database, which a table's name goes without. */
  database: string;
  scores: Scores | undefined;
  now: number;
  sort: Sort;
  isDescending: boolean;
  onSort: (sort: Sort, isDescending: boolean) => void;
}

/** One row's link is in the tab order; the arrows move on from there, so that a hundred rows are one stop. */
export function DatasetTable({ datasets, database, scores, now, ...sorting }: DatasetTableProps) {
  const t = useTranslations('datasets');
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, datasets.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(datasets.length - 1, move(current, datasets.length)));
    setActive(to);
    body.current?.rows[to]?.querySelector<HTMLElement>('[data-main]')?.focus();
  };
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <SortHeader by="name" {...sorting}>
            {t('table')}
          </SortHeader>
          <SortHeader by="zone" {...sorting}>
            {t('list.zone')}
          </SortHeader>
          <SortHeader by="freshness" isNewestFirst {...sorting}>
            {t('list.freshness')}
          </SortHeader>
          {scores && (
            <SortHeader by="quality" isNumber {...sorting}>
              {t('list.quality')}
            </SortHeader>
          )}
          <SortHeader by="rows" isNumber isNewestFirst {...sorting}>
            {t('rows')}
          </SortHeader>
          <SortHeader by="size" isNumber isNewestFirst {...sorting}>
            {t('size')}
          </SortHeader>
          <SortHeader by="owner" {...sorting}>
            {t('list.owner')}
          </SortHeader>
          <th scope="col">{t('list.format')}</th>
          <th scope="col" className="w-full">
            {t('list.tags')}
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {datasets.map((dataset, index) => (
          <DatasetRow
            key={`${dataset.address} ${dataset.columnCount === undefined}`}
            dataset={dataset}
            isOwn={dataset.database === database}
            score={scores && (scores[scoreKey(dataset)] ?? 'none')}
            now={now}
            isActive={index === current}
            onActivate={() => setActive(index)}
          />
        ))}
      </tbody>
    </Table>
  );
}

const PAGE_ROWS = 10;
const moves: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE_ROWS,
  PageUp: (at) => at - PAGE_ROWS,
  Home: () => 0,
  End: (_, count) => count - 1,
};

interface SortHeaderProps extends Pick<DatasetTableProps, 'sort' | 'isDescending' | 'onSort'> {
  by: Sort;
  isNumber?: boolean;
  /** The first press shows the most, or the newest. */
  isNewestFirst?: boolean;
  children: ReactNode;
}

function SortHeader({ by, sort, isDescending, onSort, isNumber, isNewestFirst = false, children }: SortHeaderProps) {
  const isSorted = by === sort;
  return (
    <th
      scope="col"
      className={isNumber ? 'num' : undefined}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className="inline-flex cursor-pointer items-center gap-1 hover:text-text"
        onClick={() => onSort(by, isSorted ? !isDescending : isNewestFirst)}
      >
        {children}
        {isSorted && <Icon of={isDescending ? ArrowDown : ArrowUp} size="s" />}
      </button>
    </th>
  );
}
