'use client';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { ColumnFilter } from '@/components/table/column-filter';
import { ColumnStatsView } from '@/components/table/column-stats-view';
import type { Range } from '@/components/table/grid-moves';
import { GridPopover } from '@/components/table/grid-popover';
import { type ColumnAsk, ResultGrid } from '@/components/table/result-grid';
import { RowDetail } from '@/components/table/row-detail';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { formatNumber } from '@/lib/format/number';
import { columnStatsOptions, rowOptions } from '@/lib/query/result/result-options';
import type { ResultState } from '@/lib/query/result/result-state';
import type { ColumnFilter as Filter, ResultView } from '@/lib/query/result/view-schemas';
import type { Cell } from '@/lib/query/schemas';
import styles from './query-result.module.css';
import { useCopyRange } from './use-copy-range';
import { useResultPages } from './use-result-pages';

interface ResultTableProps {
  id: string;
  state: ResultState;
  view: ResultView;
  /** The rows of another view are still shown. */
  isBusy: boolean;
  onView: (view: ResultView) => void;
}

/** The rows as a grid, with what can be asked of its columns and rows. */
export function ResultTable({ id, state, view, isBusy, onView }: ResultTableProps) {
  const t = useTranslations('result');
  const { columns, viewRows } = state;
  const pages = useResultPages(id, view, { columns: columns.length, rows: isBusy ? 0 : viewRows });
  const [asked, setAsked] = useState<ColumnAsk>();
  const [opened, setOpened] = useState<{ row: number; column: number }>();
  const [range, setRange] = useState<Range>();
  const area = useRef<HTMLDivElement>(null);
  const copy = useCopyRange(id, view, columns);
  const sample = useSample(pages.rowAt);
  const focusGrid = () => area.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  const filterOn = (column: number, filter: Filter | undefined) => {
    const others = view.filters.filter((each) => each.column !== column);
    onView({ ...view, filters: filter ? [...others, filter] : others });
  };
  const closeAsked = () => {
    setAsked(undefined);
    focusGrid();
  };
  if (pages.error) {
    return (
      <div className="p-4">
        <Failure error={reportFrom(pages.error)} />
      </div>
    );
  }
  const name = asked && (columns[asked.column]?.name ?? '');
  return (
    <div ref={area} className={clsx(styles.table, opened && styles.withDetail)}>
      <div className={styles.main}>
        <ResultGrid
          label={t('grid')}
          columns={columns}
          rowCount={viewRows}
          rowAt={pages.rowAt}
          sample={sample}
          onShow={pages.show}
          sort={view.sort}
          onSort={(sort) => onView({ filters: view.filters, ...(sort ? { sort } : {}) })}
          filteredColumns={new Set(view.filters.map(({ column }) => column))}
          onColumn={setAsked}
          onFilterBy={(column, value) => filterOn(column, equalTo(column, value))}
          onCopy={copy.run}
          onOpenRow={(row, column) => setOpened({ row, column })}
          onSelect={setRange}
        />
        <SelectionNote range={range} isEmpty={viewRows === 0} said={copy.said} />
      </div>
      {opened && (
        <div className={styles.detail}>
          <OpenedRow
            id={id}
            state={state}
            view={view}
            {...opened}
            onRow={(row) => setOpened({ ...opened, row })}
            onClose={() => {
              setOpened(undefined);
              focusGrid();
            }}
          />
        </div>
      )}
      {asked && (
        <GridPopover
          anchor={asked.anchor}
          title={t(asked.kind === 'filter' ? 'filterTitle' : 'statisticsTitle', { name: name ?? '' })}
          onClose={closeAsked}
        >
          {asked.kind === 'filter' ? (
            <ColumnFilter
              column={asked.column}
              type={columns[asked.column]?.type ?? ''}
              current={view.filters.find(({ column }) => column === asked.column)}
              onApply={(filter) => {
                filterOn(asked.column, filter);
                closeAsked();
              }}
            />
          ) : (
            <Stats id={id} view={view} column={asked.column} type={columns[asked.column]?.type ?? ''} />
          )}
        </GridPopover>
      )}
    </div>
  );
}

/** The first rows that were seen: widths do not change while one scrolls. */
function useSample(rowAt: (row: number) => { cells: Cell[] } | undefined): readonly Cell[][] {
  const [sample, setSample] = useState<readonly Cell[][]>([]);
  if (sample.length === 0 && rowAt(0)) {
    const rows = Array.from({ length: 25 }, (_, row) => rowAt(row)?.cells).filter((cells) => cells !== undefined);
    setSample(rows);
    return rows;
  }
  return sample;
}

function equalTo(column: number, value: Cell): Filter {
  return value === null ? { op: 'null', column } : { op: 'equals', column, text: value };
}

function SelectionNote({ range, isEmpty, said }: { range: Range | undefined; isEmpty: boolean; said: string }) {
  const t = useTranslations('result');
  const locale = useLocale();
  const rows = range ? range.bottom - range.top + 1 : 0;
  const columns = range ? range.right - range.left + 1 : 0;
  const isMany = rows * columns > 1;
  return (
    <div className="faint flex min-h-6 flex-wrap items-center gap-x-4 border-line border-t bg-canvas px-3 text-xs">
      <span>
        {isEmpty ? t('noRows') : isMany ? t('selected', { rows: formatNumber(rows, locale), columns }) : t('keys')}
      </span>
      <span role="status">{said}</span>
    </div>
  );
}

function Stats({ id, view, column, type }: { id: string; view: ResultView; column: number; type: string }) {
  const { data, error } = useQuery(columnStatsOptions(id, view, column));
  if (error) return <Failure error={reportFrom(error)} />;
  return data ? <ColumnStatsView stats={data} type={type} /> : <Skeleton lines={6} />;
}

interface OpenedRowProps {
  id: string;
  state: ResultState;
  view: ResultView;
  row: number;
  column: number;
  onRow: (row: number) => void;
  onClose: () => void;
}

function OpenedRow({ id, state, view, row, column, onRow, onClose }: OpenedRowProps) {
  const { data, error, isPlaceholderData } = useQuery(rowOptions(id, view, row));
  if (error) return <Failure error={reportFrom(error)} />;
  return (
    <RowDetail
      number={data?.numbers[0] ?? row}
      columns={state.columns}
      cells={isPlaceholderData ? undefined : data?.rows[0]}
      column={column}
      onPrevious={row > 0 ? () => onRow(row - 1) : undefined}
      onNext={row < state.viewRows - 1 ? () => onRow(row + 1) : undefined}
      onClose={onClose}
    />
  );
}
