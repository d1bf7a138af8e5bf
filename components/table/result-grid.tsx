'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { columnKind } from '@/lib/query/column-kind';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import { CellValue } from './cell-value';
import { ColumnIcon } from './column-icon';
import { columnWidths } from './column-widths';
import styles from './result-grid.module.css';

interface ResultGridProps {
  label: string;
  columns: readonly ResultColumn[];
  rows: readonly Cell[][];
  /** There are more rows than these. */
  hasMore: boolean;
  /** Called when the last rows come near. */
  onNearEnd: () => void;
  loadingText: string;
}

const ROW_PX = 25;
const NUMBER_PX = 56;
/** How many rows before the end the next page is asked for. */
const AHEAD_ROWS = 300;

/** Any number of rows, of which only those in sight are drawn. */
export function ResultGrid({ label, columns, rows, hasMore, onNearEnd, loadingText }: ResultGridProps) {
  // The virtualizer changes under the same reference: https://github.com/TanStack/virtual/issues/736
  'use no memo';
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD_ROWS) onNearEnd();
  }, [hasMore, last, rows.length, onNearEnd]);

  const widths = columnWidths(columns, rows);
  const total = widths.reduce((sum, width) => sum + width, NUMBER_PX);
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section ref={box} className={styles.box} aria-label={label} tabIndex={0}>
      <table
        className={styles.grid}
        style={{ width: `max(100%, ${total}px)` }}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-label={label}
      >
        <colgroup>
          <col style={{ width: NUMBER_PX }} />
          {widths.slice(0, -1).map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns of a result may share a name; the place is theirs.
            <col key={index} style={{ width }} />
          ))}
          {/* The last one takes the room that is left. */}
          <col />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles.number}>
              #
            </th>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <th key={index} scope="col" className={columnKind(column.type) === 'number' ? styles.right : undefined}>
                <span className={styles.name}>
                  <ColumnIcon type={column.type} />
                  {column.name}
                </span>
                <small>{column.type}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} />}
          {items.map((item) => (
            <Row key={item.index} index={item.index} row={rows[item.index] ?? []} columns={columns} />
          ))}
          {below > 0 && <Spacer height={below} />}
        </tbody>
      </table>
      {hasMore && <p className={styles.more}>{loadingText}</p>}
    </section>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus.
    <tr aria-hidden="true">
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function Row({ index, row, columns }: { index: number; row: readonly Cell[]; columns: readonly ResultColumn[] }) {
  return (
    <tr aria-rowindex={index + 2}>
      <td className={styles.number}>{index + 1}</td>
      {columns.map((column, place) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: columns of a result may share a name; the place is theirs.
          key={place}
          className={columnKind(column.type) === 'number' ? 'num' : undefined}
          title={(row[place]?.length ?? 0) > 30 ? (row[place] ?? undefined) : undefined}
        >
          <CellValue value={row[place] ?? null} type={column.type} />
        </td>
      ))}
    </tr>
  );
}
