import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';

/** One step of an SQL/JSON path; what is not here is refused by its name. */
type Step =
  | { type: 'member'; name: string }
  | { type: 'members' }
  | { type: 'items'; ranges?: { from: number | 'last'; to: number | 'last' }[] }
  | { type: 'filter'; path: Step[]; operator: string; value: unknown }
  | { type: 'method'; name: string };

export interface JsonPath {
  strict: boolean;
  steps: Step[];
}

const STEP =
  /\s*(?:\.\s*(\*)|\.\s*(size|type|double|ceiling|floor|abs|keyvalue)\s*\(\s*\)|\.\s*([A-Za-z_]\w*)|\.\s*"((?:[^"]|"")*)"|\[\s*(\*)\s*\]|\[([^\]]*)\]|\?\s*\(\s*@((?:\.\w+)*)\s*(==|<>|!=|<=|>=|<|>)\s*("(?:[^"]*)"|-?\d+(?:\.\d+)?|true|false|null)\s*\))/y;

const paths = new Map<string, JsonPath>();

/** Reads `lax $.a[*].b`. Throws where the path is wrong, or has what the local engine does not run. */
export function parseJsonPath(text: string, at?: SqlPosition): JsonPath {
  const known = paths.get(text);
  if (known) return known;
  const head = /^\s*(lax|strict)\s+\$/i.exec(text);
  if (!head)
    throw new SqlError('INVALID_PATH', `'${text}' is not a JSON path: it begins with 'lax $' or 'strict $'`, at);
  const steps: Step[] = [];
  STEP.lastIndex = head[0].length;
  while (text.slice(STEP.lastIndex).trim() !== '') {
    const start = STEP.lastIndex;
    const match = STEP.exec(text);
    if (!match)
      throw new SqlError(
        'NOT_SUPPORTED',
        `The JSON path '${text.slice(start).trim()}' is not supported by the local engine`,
        at,
      );
    steps.push(stepOf(match));
  }
  const path = { strict: head[1]?.toLowerCase() === 'strict', steps };
  paths.set(text, path);
  return path;
}

function stepOf(match: RegExpExecArray): Step {
  const [, members, method, name, quoted, all, indexes, filter, operator = '', value = ''] = match;
  if (members) return { type: 'members' };
  if (method) return { type: 'method', name: method };
  if (name !== undefined || quoted !== undefined)
    return { type: 'member', name: name ?? (quoted as string).replaceAll('""', '"') };
  if (all) return { type: 'items' };
  if (indexes !== undefined) return { type: 'items', ranges: indexes.split(',').map(range) };
  const path = (filter ?? '')
    .split('.')
    .filter(Boolean)
    .map((member): Step => ({ type: 'member', name: member }));
  return { type: 'filter', path, operator, value: JSON.parse(value) };
}

function range(text: string): { from: number | 'last'; to: number | 'last' } {
  const [from = '', to = from] = text.split(/\bto\b/).map((part) => part.trim());
  const bound = (part: string) => (part === 'last' ? 'last' : Number(part));
  return { from: bound(from), to: bound(to) };
}

class PathError extends Error {}

/** The items that the path finds. Throws in strict mode where the structure is another. */
export function evaluateJsonPath({ strict, steps }: JsonPath, root: unknown): unknown[] {
  return steps.reduce<unknown[]>((items, step) => items.flatMap((item) => take(step, item, strict)), [root]);
}

function take(step: Step, item: unknown, strict: boolean): unknown[] {
  switch (step.type) {
    case 'member':
      return unwrapped(item, strict).flatMap((each) => {
        if (isObject(each) && Object.hasOwn(each, step.name)) return [each[step.name]];
        if (strict) throw new PathError(`no member ${step.name}`);
        return [];
      });
    case 'members':
      return unwrapped(item, strict).flatMap((each) => (isObject(each) ? Object.values(each) : fail(strict)));
    case 'items': {
      const list = Array.isArray(item) ? item : strict ? fail(strict) : [item];
      if (!step.ranges) return list;
      return step.ranges.flatMap(({ from, to }) => {
        const [start, end] = [from === 'last' ? list.length - 1 : from, to === 'last' ? list.length - 1 : to];
        if (strict && (start < 0 || end >= list.length)) throw new PathError('index out of bounds');
        return list.slice(Math.max(0, start), end + 1);
      });
    }
    case 'filter':
      return unwrapped(item, strict).filter((each) => {
        const found = evaluateJsonPath({ strict: false, steps: step.path }, each);
        return found.some((value) => holds(value, step.operator, step.value));
      });
    case 'method':
      return [method(step.name, item)];
  }
}

function unwrapped(item: unknown, strict: boolean): unknown[] {
  return !strict && Array.isArray(item) ? item : [item];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(strict: boolean): never[] {
  if (strict) throw new PathError('structural error');
  return [];
}

function holds(left: unknown, operator: string, right: unknown): boolean {
  if (operator === '==') return left === right;
  if (operator === '<>' || operator === '!=') return left !== right && typeof left === typeof right;
  if (typeof left !== typeof right || left === null || right === null) return false;
  const [a, b] = [left as number, right as number];
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
}

function method(name: string, item: unknown): unknown {
  switch (name) {
    case 'size':
      return Array.isArray(item) ? item.length : 1;
    case 'type':
      return item === null ? 'null' : Array.isArray(item) ? 'array' : typeof item;
    case 'double':
      return Number(item);
    case 'ceiling':
      return Math.ceil(Number(item));
    case 'floor':
      return Math.floor(Number(item));
    case 'abs':
      return Math.abs(Number(item));
    default:
      throw new PathError(`method ${name}`);
  }
}
