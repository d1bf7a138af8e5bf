'use client';
import clsx from 'clsx';
import { ArrowDown, ArrowUp, ChevronDown, Filter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { PointerEvent } from 'react';
import { Icon } from '@/components/ui/icon';
import { columnKind } from '@/lib/query/column-kind';
import type { RowSort } from '@/lib/query/result/view-schemas';
import type { ResultColumn } from '@/lib/query/schemas';
import { ColumnIcon } from './column-icon';
import { type ColumnWindow, columnsOf } from './grid-window';
import styles from './result-grid.module.css';

interface GridHeaderProps {
  id: string;
  columns: readonly ResultColumn[];
  window: ColumnWindow;
  totalPx: number;
  activeColumn: number | undefined;
  sort: RowSort | undefined;
  filtered: ReadonlySet<number>;
  onSort: (column: number) => void;
  onMenu: (column: number) => void;
  onResize: (column: number, widthPx: number) => void;
  onFit: (column: number) => void;
}

export function GridHeader(props: GridHeaderProps) {
  const { id, columns, window, totalPx, activeColumn, sort, filtered } = props;
  const t = useTranslations('result');
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: the header belongs to a grid of placed rows.
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus, and says which cell is active.
    // biome-ignore-start lint/a11y/useKeyWithClickEvents: the grid has the keys: Enter sorts, Alt ↓ opens the menu, Shift Alt ← → resize.
    <div role="rowgroup" className={styles.head} style={{ width: totalPx }}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <div role="columnheader" className={clsx(styles.number, styles.corner)} style={{ width: window.numberPx }}>
          <span className="sr-only">{t('rowNumber')}</span>
          <span aria-hidden="true">#</span>
        </div>
        <div style={{ width: window.leftPx - window.numberPx }} className={styles.gap} role="presentation" />
        {columnsOf(window).map((place) => {
          const column = columns[place] ?? { name: '', type: '' };
          const isSorted = sort?.column === place;
          return (
            <div
              key={place}
              id={`${id}--1-${place}`}
              role="columnheader"
              aria-colindex={place + 1}
              aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
              title={t('headerHint')}
              className={clsx(
                styles.headCell,
                columnKind(column.type) === 'number' && styles.right,
                activeColumn === place && styles.active,
              )}
              style={{ width: window.widths[place] }}
              onClick={() => props.onSort(place)}
              onContextMenu={(event) => {
                event.preventDefault();
                event.stopPropagation();
                props.onMenu(place);
              }}
            >
              <span className={styles.name}>
                <ColumnIcon type={column.type} />
                <span className={styles.clip}>{column.name}</span>
                {isSorted && <Icon of={sort.isDescending ? ArrowDown : ArrowUp} size="s" />}
                {filtered.has(place) && (
                  <>
                    <Icon of={Filter} size="s" />
                    <span className="sr-only">{t('filtered')}</span>
                  </>
                )}
              </span>
              <small>{column.type}</small>
              <MenuButton onMenu={() => props.onMenu(place)} />
              <Grip
                widthPx={window.widths[place] ?? 0}
                onResize={(widthPx) => props.onResize(place, widthPx)}
                onFit={() => props.onFit(place)}
              />
            </div>
          );
        })}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: see above.
    // biome-ignore-end lint/a11y/useFocusableInteractive: see above.
    // biome-ignore-end lint/a11y/useKeyWithClickEvents: see above.
  );
}

/** For the pointer: the keyboard has Alt ↓. */
function MenuButton({ onMenu }: { onMenu: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className={styles.menuButton}
      onClick={(event) => {
        event.stopPropagation();
        onMenu();
      }}
    >
      <Icon of={ChevronDown} size="s" />
    </button>
  );
}

function Grip({
  widthPx,
  onResize,
  onFit,
}: {
  widthPx: number;
  onResize: (widthPx: number) => void;
  onFit: () => void;
}) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.stopPropagation();
    const start = event.clientX;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => onResize(widthPx + moved.clientX - start);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <span
      className={styles.grip}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onFit();
      }}
    />
  );
}
