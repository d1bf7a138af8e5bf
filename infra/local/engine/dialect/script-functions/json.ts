import { evaluateJsonPath, parseJsonPath } from '../json-path.ts';
import { invalidArgument, type Script } from './script.ts';

/** A number keeps its digits: JSON.parse would round them. */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const MALFORMED = Symbol('malformed');

function parse(text: string, exact = false): unknown {
  try {
    return JSON.parse(text, function (this: unknown, _key, value: unknown, context?: { source?: string }) {
      return exact && typeof value === 'number' && context?.source ? new NumberText(context.source) : value;
    } as (this: unknown, key: string, value: unknown) => unknown);
  } catch {
    return MALFORMED;
  }
}

/** As Trino writes JSON: no spaces, and the keys of objects in order. */
function print(value: unknown, sorted = true): string {
  if (value instanceof NumberText) return /[.eE]/.test(value.text) ? javaNumber(value.text) : value.text;
  if (Array.isArray(value)) return `[${value.map((item) => print(item, sorted)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (sorted) keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${keys.map((key) => `${JSON.stringify(key)}:${print((value as Record<string, unknown>)[key], sorted)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function javaNumber(text: string): string {
  const value = Number(text);
  if (value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

type Step = string | number | typeof ALL;
const ALL = Symbol('all');

const legacy = new Map<string, Step[]>();

/** The paths of json_extract: `$.a["b"][0]`. */
function legacyPath(path: string): Step[] {
  const known = legacy.get(path);
  if (known) return known;
  const steps: Step[] = [];
  const pattern = /\.([^.[\]"*]+)|\["((?:[^"\\]|\\.)*)"\]|\[([^\]"*]+)\]|(\[\*\]|\.\*)/y;
  if (!path.startsWith('$')) throw invalidArgument(`Invalid JSON path: '${path}'`);
  pattern.lastIndex = 1;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match) throw invalidArgument(`Invalid JSON path: '${path}'`);
    const [, name, quoted, index, all] = match;
    if (all) steps.push(ALL);
    else if (index !== undefined) steps.push(/^-?\d+$/.test(index) ? Number(index) : index);
    else steps.push(name ?? (quoted as string).replaceAll(/\\(.)/g, '$1'));
  }
  legacy.set(path, steps);
  return steps;
}

function extract(root: unknown, steps: Step[]): unknown {
  let value = root;
  for (const [index, step] of steps.entries()) {
    if (step === ALL) {
      const items = Array.isArray(value)
        ? value
        : typeof value === 'object' && value !== null
          ? Object.values(value)
          : [];
      return items.map((item) => extract(item, steps.slice(index + 1))).filter((item) => item !== undefined);
    }
    if (Array.isArray(value)) value = value[Number(step)];
    else if (typeof value === 'object' && value !== null && !(value instanceof NumberText))
      value = Object.hasOwn(value, String(step)) ? (value as Record<string, unknown>)[String(step)] : undefined;
    else return undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Numbers keep their digits only if the first, quick reading finds that the path leads to one. */
function find(json: string, path: string): unknown {
  const root = parse(json);
  const value = root === MALFORMED ? undefined : extract(root, legacyPath(path));
  const hasNumbers = typeof value === 'number' || (typeof value === 'object' && value !== null);
  return hasNumbers ? extract(parse(json, true), legacyPath(path)) : value;
}

const isScalar = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || value instanceof NumberText;

const scalarText = (value: unknown): string =>
  typeof value === 'string' ? value : value instanceof NumberText ? value.text : String(value);

export const JSON_SCRIPTS: Record<string, Script> = {
  js_json_parse: {
    takes: ['text'],
    gives: 'text',
    run: (text: string) => {
      const value = parse(text, true);
      if (value === MALFORMED) throw invalidArgument(`Cannot convert value to JSON: '${text}'`);
      return print(value);
    },
  },
  js_json_extract: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (json: string, path: string) => {
      const value = find(json, path);
      return value === undefined ? undefined : print(value);
    },
  },
  js_json_extract_scalar: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (json: string, path: string) => {
      const value = find(json, path);
      return value === undefined || value === null || !isScalar(value) ? undefined : scalarText(value);
    },
  },
  js_json_size: {
    takes: ['text', 'text'],
    gives: 'bigint',
    run: (json: string, path: string) => {
      const value = find(json, path);
      if (value === undefined) return undefined;
      return BigInt(isScalar(value) ? 0 : Object.keys(value as object).length);
    },
  },
  js_json_array_length: {
    takes: ['text'],
    gives: 'bigint',
    run: (json: string) => {
      const value = parse(json);
      return Array.isArray(value) ? BigInt(value.length) : undefined;
    },
  },
  js_json_array_get: {
    takes: ['text', 'bigint'],
    gives: 'text',
    run: (json: string, index: bigint) => {
      const value = parse(json, true);
      const item = Array.isArray(value) ? value.at(Number(index)) : undefined;
      return item === undefined
        ? undefined
        : isScalar(item)
          ? item === null
            ? undefined
            : scalarText(item)
          : print(item);
    },
  },
  js_json_array_contains: {
    takes: ['text', 'text', 'text'],
    gives: 'boolean',
    run: (json: string, kind: string, wanted: string) => {
      const value = parse(json);
      if (!Array.isArray(value)) return undefined;
      return value.some((item) =>
        kind === 'varchar'
          ? item === wanted
          : kind === 'boolean'
            ? item === (wanted === 'true')
            : typeof item === 'number' && item === Number(wanted),
      );
    },
  },
  js_is_json_scalar: {
    takes: ['text'],
    gives: 'boolean',
    run: (json: string) => {
      const value = parse(json, true);
      if (value === MALFORMED) throw invalidArgument(`Invalid JSON value: ${json}`);
      return isScalar(value);
    },
  },
  js_json_items: {
    takes: ['text'],
    gives: 'text',
    run: (json: string) => {
      const value = parse(json, true);
      if (value === null) return undefined;
      if (!Array.isArray(value))
        throw new Error(`INVALID_CAST_ARGUMENT: Cannot cast to array. Expected a json array, but got ${json}`);
      return print(value);
    },
  },
  js_json_entries: {
    takes: ['text'],
    gives: 'text',
    run: (json: string) => {
      const value = parse(json, true);
      if (value === null) return undefined;
      if (isScalar(value) || Array.isArray(value))
        throw new Error(`INVALID_CAST_ARGUMENT: Cannot cast to map. Expected a json object, but got ${json}`);
      return print(Object.entries(value as object).map(([key, item]) => ({ key, value: item })));
    },
  },
  js_json_field: {
    takes: ['text', 'text', 'integer'],
    gives: 'text',
    run: (json: string, name: string, position: number) => {
      const value = parse(json, true);
      const item = Array.isArray(value)
        ? value[position]
        : isScalar(value)
          ? undefined
          : Object.entries(value as object).find(([key]) => key.toLowerCase() === name)?.[1];
      return item === undefined || item === null ? undefined : print(item);
    },
  },
  js_json_exists: {
    takes: ['text', 'text', 'text'],
    gives: 'boolean',
    run: (json: string, path: string, onError: string) => {
      const found = query(json, path);
      if (found) return found.length > 0;
      if (onError === 'ERROR') throw pathError(json);
      return onError === 'UNKNOWN' ? undefined : onError === 'TRUE';
    },
  },
  js_json_value: {
    takes: ['text', 'text', 'text', 'text'],
    gives: 'text',
    run: (json: string, path: string, onEmpty: string, onError: string) => {
      const found = query(json, path);
      if (!found || found.length > 1 || (found.length === 1 && !isScalar(found[0]))) {
        if (onError === 'ERROR') throw pathError(json);
        return 'error';
      }
      if (found.length === 0) {
        if (onEmpty === 'ERROR')
          throw new Error('JSON_VALUE_RESULT_ERROR: cannot extract SQL scalar from JSON: JSON path found no items');
        return 'empty';
      }
      return found[0] === null ? 'null' : `=${scalarText(found[0])}`;
    },
  },
  js_json_query: {
    takes: ['text', 'text', 'text', 'boolean', 'text', 'text'],
    gives: 'text',
    run: (json: string, path: string, wrapper: string, omitQuotes: boolean, onEmpty: string, onError: string) => {
      const found = query(json, path);
      if (!found) return fallback(onError, () => pathError(json));
      if (found.length === 0)
        return fallback(
          onEmpty,
          () => new Error('JSON_QUERY_RESULT_ERROR: cannot extract JSON: JSON path found no items'),
        );
      if (wrapper === 'UNCONDITIONAL' || (wrapper === 'CONDITIONAL' && (found.length > 1 || isScalar(found[0]))))
        return print(found, false);
      if (found.length > 1)
        return fallback(
          onError,
          () => new Error('JSON_QUERY_RESULT_ERROR: cannot extract JSON: JSON path found multiple items'),
        );
      return omitQuotes && typeof found[0] === 'string' ? found[0] : print(found[0], false);
    },
  },
};

function query(json: string, path: string): unknown[] | undefined {
  const root = parse(json);
  if (root === MALFORMED) return undefined;
  try {
    return evaluateJsonPath(parseJsonPath(path), root);
  } catch {
    return undefined;
  }
}

function pathError(json: string): Error {
  return new Error(
    `PATH_EVALUATION_ERROR: path evaluation failed: the input or the path does not fit: ${json.slice(0, 100)}`,
  );
}

function fallback(behavior: string, error: () => Error): string | undefined {
  if (behavior === 'ERROR') throw error();
  if (behavior === 'EMPTY ARRAY') return '[]';
  return behavior === 'EMPTY OBJECT' ? '{}' : undefined;
}
