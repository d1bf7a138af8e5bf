import type { Cell, ResultColumn } from '@/lib/query/schemas';

const LOOKED_AT_ROWS = 100;
const CHARACTER_PX = 7;
const PADDING_PX = 22;
const ICON_PX = 18;
const LEAST_PX = 80;
const MOST_PX = 360;

/** Returns a width in pixels for each column, from its name, its type and its first hundred values. */
export function columnWidths(columns: readonly ResultColumn[], rows: readonly Cell[][]): number[] {
  return columns.map((column, index) => {
    const values = rows.slice(0, LOOKED_AT_ROWS).map((row) => (row[index]?.length ?? 4) * 1.1);
    const characters = Math.max(column.type.length * 0.85, ...values);
    const px = Math.max(characters * CHARACTER_PX, column.name.length * CHARACTER_PX + ICON_PX) + PADDING_PX;
    return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, px)));
  });
}
