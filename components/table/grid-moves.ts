/** A cell of a grid; the row −1 is the header. */
export interface Spot {
  row: number;
  column: number;
}

/** Where the keyboard is, and where the selection began. */
export interface GridPlace {
  active: Spot;
  anchor: Spot;
}

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface GridBounds {
  rows: number;
  columns: number;
  /** How far Page Up and Page Down go. */
  pageRows: number;
}

interface Key {
  key: string;
  shiftKey: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  isCommand: boolean;
}

/** The selected rectangle; undefined while the header holds the keyboard. */
export function rangeOf({ active, anchor }: GridPlace): Range | undefined {
  if (active.row < 0) return undefined;
  return {
    top: Math.max(0, Math.min(active.row, anchor.row)),
    bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
}

/** Where a key leads, by the grid pattern of ARIA; undefined for a key that does not move. https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
export function moved(place: GridPlace, key: Key, bounds: GridBounds): GridPlace | undefined {
  const whole = wholeSelection(place, key, bounds);
  if (whole) return whole;
  const target = targetOf(place.active, key, bounds);
  if (!target) return undefined;
  const active = kept(target, bounds);
  return { active, anchor: key.shiftKey && active.row >= 0 ? kept(place.anchor, bounds) : active };
}

function wholeSelection({ active }: GridPlace, key: Key, { rows, columns }: GridBounds): GridPlace | undefined {
  if (rows === 0) return undefined;
  const row = Math.max(0, active.row);
  const last = { row: rows - 1, column: columns - 1 };
  if (key.isCommand && key.key.toLowerCase() === 'a') return { active: { row: 0, column: 0 }, anchor: last };
  if (key.key !== ' ') return undefined;
  if (key.shiftKey) return { active: { row, column: 0 }, anchor: { row, column: last.column } };
  if (key.isCommand)
    return { active: { row: 0, column: active.column }, anchor: { row: last.row, column: active.column } };
  return undefined;
}

function targetOf({ row, column }: Spot, { key, isCommand }: Key, bounds: GridBounds): Spot | undefined {
  const lastRow = bounds.rows - 1;
  const lastColumn = bounds.columns - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: isCommand ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: isCommand ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: isCommand ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: isCommand ? lastColumn : column + 1 };
    case 'PageUp':
      return { row: Math.max(0, row - bounds.pageRows), column };
    case 'PageDown':
      return { row: row + bounds.pageRows, column };
    case 'Home':
      return { row: isCommand ? 0 : row, column: 0 };
    case 'End':
      return { row: isCommand ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

function kept({ row, column }: Spot, { rows, columns }: GridBounds): Spot {
  return {
    row: Math.min(rows - 1, Math.max(-1, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  };
}
