import { expect, it } from 'vitest';
import { htmlOf, tsvOf } from './copy-range';
import { type GridPlace, moved, rangeOf } from './grid-moves';
import { scrolled, topOfScroll } from './scaled-scroll';

const bounds = { rows: 100, columns: 5, pageRows: 10 };
const at = (row: number, column: number): GridPlace => ({ active: { row, column }, anchor: { row, column } });

it.each([
  ['ArrowUp', {}, at(0, 2), { row: -1, column: 2 }],
  ['ArrowUp', {}, at(-1, 2), { row: -1, column: 2 }],
  ['ArrowDown', {}, at(-1, 2), { row: 0, column: 2 }],
  ['ArrowDown', {}, at(99, 2), { row: 99, column: 2 }],
  ['ArrowRight', {}, at(3, 4), { row: 3, column: 4 }],
  ['ArrowDown', { isCommand: true }, at(3, 4), { row: 99, column: 4 }],
  ['PageDown', {}, at(95, 0), { row: 99, column: 0 }],
  ['PageUp', {}, at(5, 0), { row: 0, column: 0 }],
  ['Home', {}, at(5, 3), { row: 5, column: 0 }],
  ['End', { isCommand: true }, at(5, 3), { row: 99, column: 4 }],
] as const)('%s with %j leads from %j to %j', (key, modifiers, from, to) => {
  const there = moved(from, { key, shiftKey: false, isCommand: false, ...modifiers }, bounds);
  expect(there).toEqual({ active: to, anchor: to });
});

it('selects a rectangle, a row, a column and everything', () => {
  const press = (place: GridPlace, key: string, shiftKey: boolean, isCommand: boolean) =>
    rangeOf(moved(place, { key, shiftKey, isCommand }, bounds) ?? place);
  const once = moved(at(5, 2), { key: 'ArrowUp', shiftKey: true, isCommand: false }, bounds) ?? at(0, 0);
  expect(press(once, 'ArrowRight', true, false)).toEqual({ top: 4, bottom: 5, left: 2, right: 3 });
  expect(press(at(5, 2), ' ', true, false)).toEqual({ top: 5, bottom: 5, left: 0, right: 4 });
  expect(press(at(5, 2), ' ', false, true)).toEqual({ top: 0, bottom: 99, left: 2, right: 2 });
  expect(press(at(5, 2), 'a', false, true)).toEqual({ top: 0, bottom: 99, left: 0, right: 4 });
  expect(rangeOf(at(-1, 0))).toBeUndefined();
  expect(moved(at(0, 0), { key: 'x', shiftKey: false, isCommand: false }, bounds)).toBeUndefined();
  expect(
    moved(at(-1, 0), { key: 'ArrowDown', shiftKey: false, isCommand: false }, { ...bounds, rows: 0 })?.active.row,
  ).toBe(-1);
});

it('copies for editors and for spreadsheets', () => {
  const columns = [
    { name: 'a<b', type: 'varchar' },
    { name: 'n', type: 'bigint' },
  ];
  const rows = [
    ['=1+1', '7'],
    ['say "hi"\tto', null],
  ];
  expect(tsvOf({ columns, rows, withHeaders: true })).toBe('a<b\tn\n=1+1\t7\n"say ""hi""\tto"\t');
  expect(tsvOf({ columns, rows, withHeaders: false })).toMatch(/^=1/);
  const html = htmlOf({ columns, rows, withHeaders: true });
  expect(html).toContain('<th>a&lt;b</th>');
  expect(html).toContain(`<td style="mso-number-format:'\\@';white-space:pre-wrap">=1+1</td><td>7</td>`);
});

const tall = { contentPx: 25_000_000, canvasPx: 8_000_000, viewPx: 500 };

it('scrolls a list that is taller than a browser can draw: small steps exactly, far ones by share', () => {
  const start = { top: 0, scrollTop: 0 };
  expect(scrolled(start, 120, tall)).toEqual({ top: 120, scrollTop: 120 });
  const end = scrolled(start, 7_999_500, tall);
  expect(end.top).toBe(24_999_500);
  expect(scrolled(end, 7_999_400, tall).top).toBe(24_999_400);
  const middle = scrolled(start, 4_000_000, tall);
  expect(Math.round(middle.top / 1e6)).toBe(13);
});

it('never ends before the first or last row does', () => {
  const nearTop = { top: 5_000, scrollTop: 300 };
  const moved = scrolled(nearTop, 0, tall);
  expect(moved.top).toBe(4_700);
  expect(moved.scrollTop).toBe(topOfScroll(4_700, tall));
  expect(moved.scrollTop).toBeGreaterThan(0);
  expect(scrolled({ top: 40, scrollTop: 10 }, 0, { contentPx: 2_000, canvasPx: 2_000, viewPx: 500 }).top).toBe(0);
});
