'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import type { RowSort } from '@/lib/query/result/view-schemas';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import { columnWidths, WIDTH_PX } from './column-widths';
import { GridHeader } from './grid-header';
import { GridMenu, type GridMenuItem } from './grid-menu';
import { type GridPlace, moved, type Range, rangeOf, type Spot } from './grid-moves';
import { GridRow } from './grid-row';
import styles from './result-grid.module.css';
import { useScaledRows } from './use-scaled-rows';

interface ShownRow {
  /** Its number in the result, from 0. */
  number: number;
  cells: readonly Cell[];
}

export interface ColumnAsk {
  kind: 'filter' | 'stats';
  column: number;
  /** Where its header is on the screen. */
  anchor: { x: number; y: number };
}

interface ResultGridProps {
  label: string;
  columns: readonly ResultColumn[];
  rowCount: number;
  /** Undefined while it is on its way. */
  rowAt: (index: number) => ShownRow | undefined;
  /** Some rows, for the columns' widths. */
  sample: readonly (readonly Cell[])[];
  /** Called with the rows in sight. */
  onShow: (first: number, last: number) => void;
  sort: RowSort | undefined;
  onSort: (sort: RowSort | undefined) => void;
  filteredColumns: ReadonlySet<number>;
  onColumn: (ask: ColumnAsk) => void;
  onFilterBy: (column: number, value: Cell) => void;
  onCopy: (range: Range, withHeaders: boolean) => void;
  onOpenRow: (row: number, column: number) => void;
  onSelect: (range: Range | undefined) => void;
}

const ROW_PX = 25;
const HEAD_PX = 42;
const NUMBER_PX = 64;
const RESIZE_STEP_PX = 16;

/** Any number of rows and columns, of which those in sight are drawn; ARIA's grid pattern, with the focus on the grid. */
export function ResultGrid(props: ResultGridProps) {
  const { label, columns, rowCount, rowAt, sample, onShow, sort } = props;
  const t = useTranslations('result');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const rows = useScaledRows(box, { count: rowCount, rowPx: ROW_PX, headPx: HEAD_PX });
  const [sized, setSized] = useState<Record<number, number>>({});
  const [place, setPlace] = useState<GridPlace>({ active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } });
  const [menu, setMenu] = useState<{ x: number; y: number; items: GridMenuItem[]; label: string }>();
  const isDragging = useRef(false);

  const fitted = columnWidths(columns, sample);
  const widths = fitted.map((width, column) => sized[column] ?? width);
  const lefts = leftsOf(widths);
  const totalPx = lefts.at(-1) ?? NUMBER_PX;
  const [firstColumn, lastColumn] = columnsInSight(lefts, rows.leftPx, rows.widthPx);
  const bounds = { rows: rowCount, columns: columns.length, pageRows: rows.pageRows };
  const { active } = place;
  const range = rangeOf(place);

  const { first, count } = rows;
  useEffect(() => {
    if (count > 0) onShow(first, first + count - 1);
  }, [first, count, onShow]);

  const go = (next: GridPlace) => {
    setPlace(next);
    props.onSelect(rangeOf(next));
    rows.scrollToRow(next.active.row);
    scrollToColumn(box.current, lefts, next.active.column);
  };
  const resize = (column: number, width: number) =>
    setSized((before) => ({ ...before, [column]: Math.min(WIDTH_PX.sizedMost, Math.max(WIDTH_PX.sizedLeast, width)) }));
  const fitWidth = (column: number) => setSized(({ [column]: _, ...others }) => others);
  const nextSort = (column: number): RowSort | undefined => {
    if (sort?.column !== column) return { column, isDescending: false };
    return sort.isDescending ? undefined : { column, isDescending: true };
  };
  const anchorOf = (column: number) => {
    const at = box.current?.getBoundingClientRect();
    const left = (lefts[column] ?? 0) - (box.current?.scrollLeft ?? 0);
    return { x: (at?.left ?? 0) + Math.max(NUMBER_PX, left), y: (at?.top ?? 0) + HEAD_PX };
  };

  const openColumnMenu = (column: number) => {
    const name = columns[column]?.name ?? '';
    const ask = (kind: ColumnAsk['kind']) => () => props.onColumn({ kind, column, anchor: anchorOf(column) });
    setMenu({
      ...anchorOf(column),
      label: t('columnMenu', { name }),
      items: [
        { label: t('sortUp'), onSelect: () => props.onSort({ column, isDescending: false }) },
        { label: t('sortDown'), onSelect: () => props.onSort({ column, isDescending: true }) },
        ...(sort?.column === column ? [{ label: t('sortNone'), onSelect: () => props.onSort(undefined) }] : []),
        { label: t('filter'), onSelect: ask('filter') },
        { label: t('statistics'), onSelect: ask('stats') },
        { label: t('fit'), onSelect: () => fitWidth(column) },
        { label: t('copyName'), onSelect: () => void navigator.clipboard.writeText(name) },
      ],
    });
  };

  const openCellMenu = (spot: Spot, at: { x: number; y: number }) => {
    const inside = range && isWithin(spot, range);
    const wanted = inside ? range : rangeOf({ active: spot, anchor: spot });
    if (!inside) go({ active: spot, anchor: spot });
    if (!wanted) return;
    const value = rowAt(spot.row)?.cells[spot.column] ?? null;
    const ask = { kind: 'stats', column: spot.column, anchor: anchorOf(spot.column) } as const;
    setMenu({
      ...at,
      label: t('cellMenu'),
      items: [
        { label: t('copy'), onSelect: () => props.onCopy(wanted, false) },
        { label: t('copyWithHeaders'), onSelect: () => props.onCopy(wanted, true) },
        { label: t('openRow'), onSelect: () => props.onOpenRow(spot.row, spot.column) },
        { label: t('filterByValue'), onSelect: () => props.onFilterBy(spot.column, value) },
        { label: t('statistics'), onSelect: () => props.onColumn(ask) },
      ],
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const { key, shiftKey, altKey } = event;
    const handle = (act: () => void) => {
      event.preventDefault();
      act();
    };
    if (altKey && key === 'ArrowDown') return handle(() => openColumnMenu(active.column));
    if (altKey && shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      const step = key === 'ArrowLeft' ? -RESIZE_STEP_PX : RESIZE_STEP_PX;
      return handle(() => resize(active.column, (widths[active.column] ?? 0) + step));
    }
    if (altKey) return;
    if (isCommand && key.toLowerCase() === 'c') return handle(() => range && props.onCopy(range, shiftKey));
    if (key === 'Enter' || key === 'F2') {
      return handle(() => {
        if (active.row < 0) props.onSort(nextSort(active.column));
        else if (rowCount > 0) props.onOpenRow(active.row, active.column);
      });
    }
    if (key === 'Escape' && range) return handle(() => go({ active, anchor: active }));
    const next = moved(place, { key, shiftKey, isCommand }, bounds);
    if (next) handle(() => go(next));
  };

  const onMouseDown = (event: MouseEvent) => {
    const spot = spotOf(event.target);
    if (!spot || event.button !== 0) return;
    isDragging.current = true;
    window.addEventListener('mouseup', () => (isDragging.current = false), { once: true });
    if (spot.column < 0) {
      const last = columns.length - 1;
      const anchor = { row: event.shiftKey ? place.anchor.row : spot.row, column: last };
      go({ active: { row: spot.row, column: 0 }, anchor });
    } else go({ active: spot, anchor: event.shiftKey ? place.anchor : spot });
  };
  const onMouseMove = (event: MouseEvent) => {
    if (!isDragging.current || event.buttons !== 1) return;
    const spot = spotOf(event.target);
    if (!spot || spot.column < 0 || (spot.row === active.row && spot.column === active.column)) return;
    go({ active: spot, anchor: place.anchor });
  };
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    const spot = spotOf(event.target);
    // The menu key says no place: the menu opens where the keyboard is.
    if (spot && spot.column >= 0) openCellMenu(spot, { x: event.clientX, y: event.clientY });
    else if (active.row < 0) openColumnMenu(active.column);
    else {
      const cell = document.getElementById(`${id}-${active.row}-${active.column}`)?.getBoundingClientRect();
      openCellMenu(active, { x: cell?.left ?? event.clientX, y: cell?.bottom ?? event.clientY });
    }
  };

  const shownRows = Array.from({ length: rows.count }, (_, index) => rows.first + index);
  const isActiveDrawn =
    active.column >= firstColumn &&
    active.column <= lastColumn &&
    (active.row < 0 ||
      (active.row >= rows.first && active.row < rows.first + rows.count && rowAt(active.row) !== undefined));
  const columnWindow = {
    firstColumn,
    lastColumn,
    widths,
    leftPx: lefts[firstColumn] ?? NUMBER_PX,
    numberPx: NUMBER_PX,
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: its rows and columns are placed by themselves; a table would lay them out. */}
      <div
        ref={box}
        id={id}
        role="grid"
        className={styles.box}
        aria-label={label}
        tabIndex={0}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={isActiveDrawn ? `${id}-${active.row}-${active.column}` : undefined}
        onKeyDown={onKeyDown}
        onMouseDown={onMouseDown}
        onMouseMove={onMouseMove}
        onDoubleClick={(event) => {
          const spot = spotOf(event.target);
          if (spot) props.onOpenRow(spot.row, Math.max(0, spot.column));
        }}
        onContextMenu={onContextMenu}
      >
        <GridHeader
          id={id}
          columns={columns}
          window={columnWindow}
          totalPx={totalPx}
          activeColumn={active.row < 0 ? active.column : undefined}
          sort={sort}
          filtered={props.filteredColumns}
          onSort={(column) => props.onSort(nextSort(column))}
          onMenu={openColumnMenu}
          onResize={resize}
          onFit={fitWidth}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: rows of any number are placed by themselves; a tbody would lay them out. */}
        <div role="rowgroup" className={styles.canvas} style={{ height: rows.canvasPx, width: totalPx }}>
          {shownRows.map((row) => (
            <GridRow
              key={row}
              id={id}
              row={row}
              shown={rowAt(row)}
              topPx={row * ROW_PX + rows.offsetPx}
              columns={columns}
              window={columnWindow}
              totalPx={totalPx}
              activeColumn={row === active.row ? active.column : undefined}
              left={range && row >= range.top && row <= range.bottom ? range.left : undefined}
              right={range && row >= range.top && row <= range.bottom ? range.right : undefined}
            />
          ))}
        </div>
      </div>
      {menu && (
        <GridMenu
          {...menu}
          onClose={() => {
            setMenu(undefined);
            box.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** Where each column begins, and where the last one ends. */
function leftsOf(widths: readonly number[]): number[] {
  const lefts = [NUMBER_PX];
  for (const width of widths) lefts.push((lefts.at(-1) ?? 0) + width);
  return lefts;
}

function columnsInSight(lefts: readonly number[], leftPx: number, widthPx: number): [first: number, last: number] {
  const count = lefts.length - 1;
  const slackPx = 400;
  let first = 0;
  while (first < count - 1 && (lefts[first + 1] ?? 0) < leftPx - slackPx) first++;
  let last = first;
  while (last < count - 1 && (lefts[last + 1] ?? 0) < leftPx + widthPx + slackPx) last++;
  return [first, last];
}

function scrollToColumn(box: HTMLElement | null, lefts: readonly number[], column: number): void {
  if (!box) return;
  const [left, right] = [lefts[column] ?? 0, lefts[column + 1] ?? 0];
  if (left - NUMBER_PX < box.scrollLeft) box.scrollLeft = left - NUMBER_PX;
  else if (right > box.scrollLeft + box.clientWidth)
    box.scrollLeft = Math.min(left - NUMBER_PX, right - box.clientWidth);
}

/** The cell that an event is on; the column −1 is the row's number. */
function spotOf(target: EventTarget): Spot | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : undefined;
}

function isWithin({ row, column }: Spot, { top, bottom, left, right }: Range): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}
