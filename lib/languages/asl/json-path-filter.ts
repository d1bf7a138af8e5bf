/** The condition of a JSONPath filter: `@.price < 10 && (@.kind == 'book' || !@.sold)`, `@.id in ['a', 'b']`. */
import { type Json, jsonEquals } from './json.ts';

export type Filter = (item: Json) => boolean;

/** The parser of the path around the filter, which the filter goes on reading with. */
export interface FilterCursor {
  take(token: string): boolean;
  match(pattern: RegExp): string | undefined;
  quoted(): string;
  /** Reads a path such as `@.name`; what it gives reads the first value there. */
  itemPath(): Operand;
  fail(problem: string): never;
}

export type Operand = (item: Json) => Json | undefined;

export function parseFilter(cursor: FilterCursor): Filter {
  let left = conjunction(cursor);
  while (spaced(cursor, '||')) {
    const [a, b] = [left, conjunction(cursor)];
    left = (item) => a(item) || b(item);
  }
  return left;
}

function conjunction(cursor: FilterCursor): Filter {
  let left = term(cursor);
  while (spaced(cursor, '&&')) {
    const [a, b] = [left, term(cursor)];
    left = (item) => a(item) && b(item);
  }
  return left;
}

function term(cursor: FilterCursor): Filter {
  if (spaced(cursor, '!')) {
    const inner = term(cursor);
    return (item) => !inner(item);
  }
  if (spaced(cursor, '(')) {
    const inner = parseFilter(cursor);
    if (!spaced(cursor, ')')) cursor.fail('A ) is missing');
    return inner;
  }
  return comparison(cursor);
}

const COMPARE: Record<string, (a: Json | undefined, b: Json | undefined) => boolean> = {
  '==': (a, b) => a !== undefined && b !== undefined && jsonEquals(a, b),
  '!=': (a, b) => a === undefined || b === undefined || !jsonEquals(a, b),
  '<=': (a, b) => ordered(a, b) && (a as number) <= (b as number),
  '>=': (a, b) => ordered(a, b) && (a as number) >= (b as number),
  '<': (a, b) => ordered(a, b) && (a as number) < (b as number),
  '>': (a, b) => ordered(a, b) && (a as number) > (b as number),
  in: (a, b) => a !== undefined && Array.isArray(b) && b.some((x) => jsonEquals(a, x)),
  nin: (a, b) => a !== undefined && Array.isArray(b) && !b.some((x) => jsonEquals(a, x)),
};

function comparison(cursor: FilterCursor): Filter {
  const left = operand(cursor);
  cursor.match(/\s*/y);
  const operator = cursor.match(/==|!=|<=|>=|<|>|nin\b|in\b/y);
  if (operator === undefined) return (item) => left(item) !== undefined;
  const compare = COMPARE[operator];
  const right = operand(cursor);
  return (item) => compare?.(left(item), right(item)) ?? false;
}

function operand(cursor: FilterCursor): Operand {
  cursor.match(/\s*/y);
  const quote = cursor.match(/(?=['"])/y);
  if (quote !== undefined) return constant(cursor.quoted());
  if (cursor.match(/(?=@)/y) !== undefined) return cursor.itemPath();
  if (cursor.take('[')) return constant(list(cursor));
  const literal = cursor.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null/y);
  if (literal === undefined)
    return cursor.fail('A filter compares @.paths, strings, numbers, true, false, null and lists;');
  return constant(JSON.parse(literal) as Json);
}

function list(cursor: FilterCursor): Json[] {
  const items: Json[] = [];
  do {
    if (spaced(cursor, ']')) return items;
    items.push(operand(cursor)(null) ?? null);
  } while (spaced(cursor, ','));
  if (!spaced(cursor, ']')) cursor.fail('A list does not end');
  return items;
}

function constant(value: Json): Operand {
  return () => value;
}

/** Numbers compare with numbers and strings with strings; anything else is not ordered. */
function ordered(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
}

function spaced(cursor: FilterCursor, token: string): boolean {
  cursor.match(/\s*/y);
  return cursor.take(token);
}
