'use client';
import clsx from 'clsx';
import { memo } from 'react';
import { columnKind } from '@/lib/query/column-kind';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import { CellValue } from './cell-value';
import { type ColumnWindow, columnsOf } from './grid-window';
import styles from './result-grid.module.css';

interface GridRowProps {
  id: string;
  row: number;
  shown: { number: number; cells: readonly Cell[] } | undefined;
  topPx: number;
  columns: readonly ResultColumn[];
  window: ColumnWindow;
  totalPx: number;
  activeColumn: number | undefined;
  /** The selected columns of this row. */
  left: number | undefined;
  right: number | undefined;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, shown, topPx, columns, window, totalPx, activeColumn, left, right } = props;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: rows of any number are placed by themselves; a table would lay them out.
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus, and says which cell is active.
    <div
      role="row"
      className={styles.row}
      aria-rowindex={row + 2}
      aria-busy={shown ? undefined : true}
      style={{ transform: `translateY(${topPx}px)`, width: totalPx }}
    >
      <div
        className={styles.number}
        style={{ width: window.numberPx }}
        data-row={row}
        data-column={-1}
        role="rowheader"
      >
        {(shown?.number ?? row) + 1}
      </div>
      <div style={{ width: window.leftPx - window.numberPx }} className={styles.gap} role="presentation" />
      {/* A row on its way has no cells yet: nobody reads an empty one for a value. */}
      {!shown && <div className={styles.waiting} role="presentation" />}
      {(shown ? columnsOf(window) : []).map((place) => {
        const type = columns[place]?.type ?? '';
        const value = shown?.cells[place] ?? null;
        const isSelected = left !== undefined && right !== undefined && place >= left && place <= right;
        return (
          <div
            key={place}
            id={`${id}-${row}-${place}`}
            role="gridcell"
            data-row={row}
            data-column={place}
            aria-colindex={place + 1}
            aria-selected={isSelected}
            className={clsx(
              styles.cell,
              columnKind(type) === 'number' && styles.right,
              isSelected && styles.selected,
              activeColumn === place && styles.active,
            )}
            style={{ width: window.widths[place] }}
          >
            <ShownValue value={value} type={type} />
          </div>
        );
      })}
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: see above.
    // biome-ignore-end lint/a11y/useFocusableInteractive: see above.
  );
});

function ShownValue({ value, type }: { value: Cell; type: string }) {
  // Told apart from null and from a blank.
  if (value === '') return <span className={styles.empty}>&quot;&quot;</span>;
  if (value !== null && isNested(value, type)) return <span className={styles.nested}>{value}</span>;
  return <CellValue value={value} type={type} />;
}

function isNested(value: string, type: string): boolean {
  return columnKind(type) === 'nested' || type === 'json' || /^[[{]/.test(value);
}
