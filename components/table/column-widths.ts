import type { Cell, ResultColumn } from '@/lib/query/schemas';

const LOOKED_AT_ROWS = 100;
const CHARACTER_PX = 7;
const PADDING_PX = 22;
/** The type's icon, and room for the arrow of a sort and for the menu. */
const ICONS_PX = 52;

export const WIDTH_PX = { least: 80, most: 360, sizedLeast: 48, sizedMost: 1600 } as const;

/** Returns a width in pixels for each column, from its name, its type and its first hundred values. */
export function columnWidths(columns: readonly ResultColumn[], rows: readonly (readonly Cell[])[]): number[] {
  const looked = rows.slice(0, LOOKED_AT_ROWS);
  return columns.map((column, index) => {
    const values = looked.map((row) => (row[index]?.length ?? 4) * 1.1);
    const characters = Math.max(column.type.length * 0.85, ...values);
    const px = Math.max(characters * CHARACTER_PX, column.name.length * CHARACTER_PX + ICONS_PX) + PADDING_PX;
    return Math.round(Math.min(WIDTH_PX.most, Math.max(WIDTH_PX.least, px)));
  });
}
