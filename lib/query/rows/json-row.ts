import { columnKind } from '../column-kind';
import type { Cell, ResultColumn } from '../schemas';

/** JSON that stands for itself: a number with all the digits it was written with. https://tc39.es/proposal-json-parse-with-source/ */
const rawJson = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON;

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A row as an object of typed values, for JSON.stringify alone: its numbers are written as Athena wrote them. */
export function jsonRow(names: readonly string[], columns: readonly ResultColumn[], row: readonly Cell[]): object {
  return Object.fromEntries(columns.map(({ type }, index) => [names[index], jsonValue(type, row[index] ?? null)]));
}

function jsonValue(type: string, cell: Cell): unknown {
  if (cell === null) return null;
  const kind = columnKind(type);
  if (kind === 'boolean') return cell === 'true';
  if (kind === 'number' && NUMBER.test(cell)) return rawJson(cell);
  if (type.startsWith('timestamp')) return cell.replace(' ', 'T');
  return cell;
}
