/**
 * Reference Paths: the paths that lead to one place, which `ResultPath` writes to (`$.a.b`, `$.list[0]`).
 * @see https://states-language.net/spec.html#ref-paths
 */
import { isObject, type Json, type JsonObject, ownMember, setMember } from './json.ts';
import { parseJsonPath } from './json-path.ts';
import { EvaluationError } from './states-error.ts';

export function isReferencePath(text: string): boolean {
  try {
    return parseJsonPath(text).segments.every(
      ({ deep, selector }) => !deep && selector.type === 'members' && selector.keys.length === 1,
    );
  } catch {
    return false;
  }
}

/** `input` with `value` put at `path`; members on the way are made. `null` discards the value, `$` replaces all. */
export function putAtPath(input: Json, path: string | null | undefined, value: Json): Json {
  if (path === null) return input;
  if (path === undefined || path === '$') return value;
  const keys = parseJsonPath(path).segments.flatMap(({ selector }) =>
    selector.type === 'members' ? selector.keys : [],
  );
  return withValue(input, keys, value, path);
}

function withValue(target: Json, keys: (string | number)[], value: Json, path: string): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  return typeof key === 'number'
    ? withItem(target, key, rest, value, path)
    : withMember(target, key, rest, value, path);
}

function withItem(target: Json, index: number, rest: (string | number)[], value: Json, path: string): Json {
  const item = Array.isArray(target) ? target[index] : undefined;
  if (!Array.isArray(target) || item === undefined) throw noPlace(path, target);
  return target.with(index, withValue(item, rest, value, path));
}

function withMember(target: Json, key: string, rest: (string | number)[], value: Json, path: string): Json {
  if (!isObject(target) && target !== null) throw noPlace(path, target);
  const copy: JsonObject = { ...target };
  const inner = ownMember(copy, key) ?? {};
  setMember(copy, key, withValue(inner, rest, value, path));
  return copy;
}

function noPlace(path: string, target: Json): EvaluationError {
  return new EvaluationError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
  );
}
