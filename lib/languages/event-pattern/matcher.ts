/** One admitted value of a pattern: a literal, or an operator such as `{"prefix": "sales/"}`. */
import { isObject, type Json, type JsonObject } from './json-value.ts';
import { parseNumeric } from './numeric.ts';

/** `undefined` stands for a member that is not there. */
export type Matcher = (value: Json | undefined) => boolean;

type Operator = (argument: Json) => Matcher;

const OPERATORS: Record<string, Operator> = {
  prefix: (argument) => affix('prefix', argument, (value, affix) => value.startsWith(affix)),
  suffix: (argument) => affix('suffix', argument, (value, affix) => value.endsWith(affix)),
  'equals-ignore-case': (argument) =>
    ignoringCase(text('equals-ignore-case', argument), (value, wanted) => value === wanted),
  'anything-but': anythingBut,
  exists: (argument) => {
    if (typeof argument !== 'boolean') throw new Error('exists match pattern must be either true or false.');
    return (value) => (value !== undefined) === argument;
  },
  numeric: (argument) => parseNumeric(argument),
  wildcard: (argument) => wildcard(text('wildcard', argument)),
};

/** Operators that anything-but may turn round. */
const NEGATABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

/** Throws an Error with the reason where `item` is no matcher. */
export function parseMatcher(item: Json): Matcher {
  if (Array.isArray(item)) throw new Error('Match value must be String, number, true, false, or null');
  return isObject(item) ? operator(item) : literal(item);
}

function literal(wanted: string | number | boolean | null): Matcher {
  return (value) => value === wanted;
}

function operator(item: JsonObject): Matcher {
  const [entry, ...others] = Object.entries(item);
  if (!entry || others.length > 0) throw new Error('Only one key allowed in match expression');
  const [name, argument] = entry;
  const known = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!known) throw new Error(`Unrecognized match type ${name}`);
  return known(argument);
}

/** Of strings, numbers or lists of either; or of other operators. A member that is not there never matches. */
function anythingBut(argument: Json): Matcher {
  if (isObject(argument)) return noneOf(negated(argument));
  const items = Array.isArray(argument) ? argument : [argument];
  const isRight = items.length > 0 && items.every((item) => typeof item === 'string' || typeof item === 'number');
  if (!isRight) throw new Error('Inside anything but list, start|null|boolean is not supported.');
  return noneOf(items.map((item) => literal(item as string | number)));
}

function negated(argument: JsonObject): Matcher[] {
  const [entry, ...others] = Object.entries(argument);
  if (!entry || others.length > 0 || !NEGATABLE.includes(entry[0])) {
    throw new Error(`Unsupported anything-but pattern: ${Object.keys(argument).join(', ')}`);
  }
  const [name, wanted] = entry;
  const items = Array.isArray(wanted) ? wanted : [wanted];
  return items.map((item) => operator({ [name]: item }));
}

function noneOf(matchers: Matcher[]): Matcher {
  return (value) => value !== undefined && !matchers.some((matcher) => matcher(value));
}

function affix(name: string, argument: Json, test: (value: string, affix: string) => boolean): Matcher {
  if (isObject(argument)) {
    const { 'equals-ignore-case': wanted, ...others } = argument;
    if (wanted === undefined || Object.keys(others).length > 0) throw new Error(`Unsupported ${name} pattern`);
    return ignoringCase(text(name, wanted), test);
  }
  const wanted = text(name, argument);
  return (value) => typeof value === 'string' && test(value, wanted);
}

function ignoringCase(wanted: string, test: (value: string, wanted: string) => boolean): Matcher {
  const lower = wanted.toLowerCase();
  return (value) => typeof value === 'string' && test(value.toLowerCase(), lower);
}

/** `*` is any run of characters; `\*` and `\\` are themselves. */
function wildcard(pattern: string): Matcher {
  if (/(?<!\\)\*\*/.test(pattern)) throw new Error('Consecutive wildcard characters');
  const parts = literalParts(pattern);
  return (value) => typeof value === 'string' && matchesParts(value, parts);
}

/** The literal texts between the stars. */
function literalParts(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [token, escaped] of pattern.matchAll(/\\([*\\])|[\s\S]/g)) {
    if (token === '*') {
      parts.push(part);
      part = '';
    } else part += escaped ?? token;
  }
  return [...parts, part];
}

function matchesParts(value: string, [first = '', ...rest]: string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  const end = value.length - last.length;
  let from = first.length;
  for (const part of rest) {
    const at = value.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

function text(name: string, argument: Json): string {
  if (typeof argument !== 'string') throw new Error(`${name} match pattern must be a string`);
  return argument;
}
