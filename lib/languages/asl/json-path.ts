/**
 * JSONPath as Step Functions has it: `$.a.b`, `$['a']`, `$.list[0]`, `[-1]`, `[*]`, `[0:2]`, `[0,2]`, `..name`,
 * `[?(@.x == 1)]` and `.length()`. Nothing is ever evaluated as code.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */

import { isObject, type Json, ownMember } from './json.ts';
import { type Filter, type FilterCursor, type Operand, parseFilter } from './json-path-filter.ts';

type Selector =
  | { type: 'members'; keys: (string | number)[] }
  | { type: 'all' }
  | { type: 'slice'; from?: number; to?: number; step: number }
  | { type: 'filter'; filter: Filter }
  | { type: 'length' };

interface Segment {
  selector: Selector;
  /** `..`: applies to every descendant as well. */
  deep: boolean;
}

export interface JsonPath {
  text: string;
  segments: Segment[];
  /** Leads to one value at most, so its result is that value and not a list. */
  isDefinite: boolean;
}

export class JsonPathSyntaxError extends Error {
  constructor(path: string, position: number, problem: string) {
    super(`${problem} at character ${position + 1} of '${path}'`);
    this.name = 'JsonPathSyntaxError';
  }
}

const parsed = new Map<string, JsonPath>();
const PARSED_MAX = 5000;

/** Parses a path that begins with `$`; results are shared, as definitions repeat them for every execution. */
export function parseJsonPath(text: string): JsonPath {
  const known = parsed.get(text);
  if (known) return known;
  const path = new Parser(text, 0).whole();
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(text, path);
  return path;
}

/** The values that `path` leads to in `root`, in document order. */
export function selectAll(path: JsonPath, root: Json): Json[] {
  let values: Json[] = [root];
  for (const { selector, deep } of path.segments) {
    const from = deep ? values.flatMap(withDescendants) : values;
    values = from.flatMap((value) => select(selector, value));
  }
  return values;
}

function select(selector: Selector, value: Json): Json[] {
  switch (selector.type) {
    case 'members':
      return selector.keys.flatMap((key) => member(value, key));
    case 'all':
      return children(value);
    case 'slice':
      return Array.isArray(value) ? slice(value, selector) : [];
    case 'filter':
      return (Array.isArray(value) ? value : isObject(value) ? [value] : []).filter((item) => selector.filter(item));
    case 'length':
      if (Array.isArray(value) || typeof value === 'string') return [value.length];
      return isObject(value) ? [Object.keys(value).length] : [];
  }
}

function member(value: Json, key: string | number): Json[] {
  let found: Json | undefined;
  if (typeof key === 'number') found = Array.isArray(value) ? value.at(key) : undefined;
  else found = isObject(value) ? ownMember(value, key) : undefined;
  return found === undefined ? [] : [found];
}

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function withDescendants(value: Json): Json[] {
  return [value, ...children(value).flatMap(withDescendants)];
}

function slice(list: Json[], { from, to, step }: { from?: number; to?: number; step: number }): Json[] {
  const part = list.slice(from, to);
  return step === 1 ? part : part.filter((_, index) => index % step === 0);
}

class Parser implements FilterCursor {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  whole(): JsonPath {
    if (!this.take('$')) this.fail('A path begins with $;');
    const segments = this.segments();
    if (this.position < this.text.length) this.fail('Unexpected character');
    return toPath(this.text, segments);
  }

  itemPath(): Operand {
    const start = this.position;
    this.position += 1;
    const segments = this.segments();
    const path = toPath(this.text.slice(start, this.position), segments);
    return (item) => selectAll(path, item)[0];
  }

  fail(problem: string): never {
    throw new JsonPathSyntaxError(this.text, this.position, problem);
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  quoted(): string {
    const quote = this.text[this.position];
    let value = '';
    for (this.position += 1; this.text[this.position] !== quote; this.position += 1) {
      if (this.text[this.position] === '\\') this.position += 1;
      if (this.position >= this.text.length) this.fail('A quoted name does not end');
      value += this.text[this.position];
    }
    this.position += 1;
    return value;
  }

  private segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      if (this.take('..')) {
        segments.push({ deep: true, selector: this.take('[') ? this.bracket() : this.name() });
      } else if (this.take('.')) {
        if (this.take('length()')) segments.push({ deep: false, selector: { type: 'length' } });
        else segments.push({ deep: false, selector: this.name() });
      } else if (this.take('[')) {
        segments.push({ deep: false, selector: this.bracket() });
      } else return segments;
    }
  }

  private name(): Selector {
    if (this.take('*')) return { type: 'all' };
    const name = this.match(/[^\s.[\]()'",*&|=<>!?@]+/y);
    if (!name) this.fail('A name is missing');
    return { type: 'members', keys: [name] };
  }

  private bracket(): Selector {
    this.match(/\s*/y);
    if (this.take('*')) return this.closed({ type: 'all' });
    if (this.take('?(')) {
      const filter = parseFilter(this);
      if (!this.take(')')) this.fail('A filter does not end');
      return this.closed({ type: 'filter', filter });
    }
    const range = this.match(/-?\d*:-?\d*(:\d+)?/y);
    if (range !== undefined) return this.closed(toSlice(range));
    const keys: (string | number)[] = [];
    do {
      this.match(/\s*/y);
      keys.push(this.key());
      this.match(/\s*/y);
    } while (this.take(','));
    return this.closed({ type: 'members', keys });
  }

  private key(): string | number {
    const next = this.text[this.position];
    if (next === "'" || next === '"') return this.quoted();
    const index = this.match(/-?\d+/y);
    if (index === undefined) this.fail('An index or a quoted name is missing');
    return Number(index);
  }

  private closed(selector: Selector): Selector {
    this.match(/\s*/y);
    if (!this.take(']')) this.fail('A ] is missing');
    return selector;
  }
}

function toSlice(range: string): Selector {
  const [from, to, step] = range.split(':').map((part) => (part === '' ? undefined : Number(part)));
  return { type: 'slice', ...(from !== undefined && { from }), ...(to !== undefined && { to }), step: step || 1 };
}

function toPath(text: string, segments: Segment[]): JsonPath {
  const isDefinite = segments.every(
    ({ deep, selector }) =>
      !deep && (selector.type === 'length' || (selector.type === 'members' && selector.keys.length === 1)),
  );
  return { text, segments, isDefinite };
}
