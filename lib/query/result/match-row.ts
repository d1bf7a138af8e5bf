import type { Cell } from '../schemas.ts';
import { compareCells } from './compare-cells.ts';
import type { ColumnFilter } from './view-schemas.ts';

/** Returns whether a value passes a filter on its column. Null passes none but the one that asks for it. */
export function matcherOf(filter: ColumnFilter, type: string): (cell: Cell) => boolean {
  const compare = compareCells(type);
  switch (filter.op) {
    case 'null':
      return (cell) => cell === null;
    case 'notNull':
      return (cell) => cell !== null;
    case 'contains': {
      const wanted = filter.text.toLowerCase();
      return (cell) => cell?.toLowerCase().includes(wanted) === true;
    }
    case 'equals':
      return (cell) => cell !== null && compare(cell, filter.text) === 0;
    case 'range': {
      const { from, to } = filter;
      return (cell) =>
        cell !== null &&
        (from === undefined || compare(cell, from) >= 0) &&
        // “until 2026-11-25” holds that whole day.
        (to === undefined || compare(cell, to) <= 0 || (cell.startsWith(to) && to.length >= 'YYYY-MM'.length));
    }
  }
}
