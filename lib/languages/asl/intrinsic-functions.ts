/**
 * The intrinsic functions of JSONPath templates, with AWS's limits.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import { isObject, type Json, jsonEquals } from './json.ts';
import { type Effects, HASH_ALGORITHMS, type HashAlgorithm } from './scope.ts';

const ARRAY_MAX = 1000;
const TEXT_MAX = 10_000;

type Intrinsic = (args: Json[], effects: Effects) => Json;

/** Throws an Error with the reason where the arguments do not fit. */
export const INTRINSICS: Record<string, Intrinsic> = {
  Format: ([template, ...values]) => format(text(template), values),
  StringToJson: ([source]) => (text(source).trim() === '' ? null : (JSON.parse(text(source)) as Json)),
  JsonToString: ([value]) => JSON.stringify(given(value)),
  Array: (items) => items,
  ArrayPartition: ([items, size]) => partition(list(items), positive(size)),
  ArrayContains: ([items, wanted]) => list(items).some((item) => jsonEquals(item, given(wanted))),
  ArrayRange: ([first, last, step]) => range(integer(first), integer(last), integer(step)),
  ArrayGetItem: ([items, index]) => itemAt(list(items), integer(index)),
  ArrayLength: ([items]) => list(items).length,
  ArrayUnique: ([items]) => unique(list(items)),
  Base64Encode: ([value]) => toBase64(limited(text(value))),
  Base64Decode: ([value]) => fromBase64(limited(text(value))),
  Hash: ([value, algorithm], effects) => effects.hash(limited(plain(value)), hashAlgorithm(algorithm)),
  JsonMerge: ([a, b, deep]) => merge(a, b, deep),
  MathRandom: ([start, end, seed], effects) => randomInteger(integer(start), integer(end), seed, effects),
  MathAdd: ([a, b]) => integer(a) + integer(b),
  StringSplit: ([value, delimiters]) => split(text(value), text(delimiters)),
  UUID: (_, effects) => effects.uuid(),
};

/** How many arguments each function takes: [least, most]. */
export const ARITY: Record<string, [number, number]> = {
  Format: [1, Infinity],
  StringToJson: [1, 1],
  JsonToString: [1, 1],
  Array: [0, Infinity],
  ArrayPartition: [2, 2],
  ArrayContains: [2, 2],
  ArrayRange: [3, 3],
  ArrayGetItem: [2, 2],
  ArrayLength: [1, 1],
  ArrayUnique: [1, 1],
  Base64Encode: [1, 1],
  Base64Decode: [1, 1],
  Hash: [2, 2],
  JsonMerge: [3, 3],
  MathRandom: [2, 3],
  MathAdd: [2, 2],
  StringSplit: [2, 2],
  UUID: [0, 0],
};

export function partition(items: Json[], size: number): Json[] {
  const parts: Json[] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  return parts;
}

export function range(first: number, last: number, step: number): Json[] {
  if (step === 0) throw new Error('the step of a range must not be 0');
  const length = Math.floor((last - first) / step) + 1;
  if (length > ARRAY_MAX) throw new Error(`a range has at most ${ARRAY_MAX} items`);
  return Array.from({ length: Math.max(0, length) }, (_, i) => first + i * step);
}

export function hashAlgorithm(value: Json | undefined): HashAlgorithm {
  const known = HASH_ALGORITHMS.find((name) => name === value);
  if (!known) throw new Error(`the hash algorithm must be one of ${HASH_ALGORITHMS.join(', ')}`);
  return known;
}

/** Strings as they are, everything else as JSON. */
export function plain(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(given(value));
}

function format(template: string, values: Json[]): string {
  let used = 0;
  const result = template.replace(/\\(.)|\{\}/gs, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (used >= values.length) throw new Error(`the template '${template}' has more {} than there are arguments`);
    return plain(values[used++]);
  });
  if (used < values.length) throw new Error(`the template '${template}' has fewer {} than there are arguments`);
  return result;
}

function itemAt(items: Json[], index: number): Json {
  const item = items[index];
  if (item === undefined) throw new Error(`the array has no item ${index}`);
  return item;
}

function unique(items: Json[]): Json[] {
  return items.filter((item, index) => items.findIndex((other) => jsonEquals(other, item)) === index);
}

function merge(a: Json | undefined, b: Json | undefined, deep: Json | undefined): Json {
  if (!isObject(a) || !isObject(b)) throw new Error('JsonMerge takes two JSON objects');
  if (deep !== false) throw new Error('JsonMerge supports only shallow merging: its third argument must be false');
  return { ...a, ...b };
}

/** From `start` up to, but without, `end`. With a seed the number is the same each time. */
function randomInteger(start: number, end: number, seed: Json | undefined, effects: Effects): number {
  if (end <= start) throw new Error('the end of MathRandom must be greater than its start');
  const fraction = seed === undefined ? effects.random() : seeded(integer(seed));
  return Math.floor(start + fraction * (end - start));
}

/** One step of mulberry32, a small generator with good dispersion. */
function seeded(seed: number): number {
  let t = (seed + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Splits at any one of the characters of `delimiters`; empty parts fall away. */
function split(value: string, delimiters: string): Json[] {
  const parts = [''];
  for (const character of value) {
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}

function toBase64(value: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(value)));
}

function fromBase64(value: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(value), (character) => character.charCodeAt(0)));
}

function limited(value: string): string {
  if (value.length > TEXT_MAX) throw new Error(`the text has more than ${TEXT_MAX} characters`);
  return value;
}

function given(value: Json | undefined): Json {
  if (value === undefined) throw new Error('an argument is missing');
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`a string was expected, not ${JSON.stringify(given(value))}`);
  return value;
}

function list(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw new Error(`an array was expected, not ${JSON.stringify(given(value))}`);
  return value;
}

function integer(value: Json | undefined): number {
  if (typeof value !== 'number') throw new Error(`a number was expected, not ${JSON.stringify(given(value))}`);
  return Math.round(value);
}

function positive(value: Json | undefined): number {
  const size = integer(value);
  if (size < 1) throw new Error('the size must be greater than 0');
  return size;
}
