/**
 * Signatures of functions, written as Trino's documentation does: `element_at(map(K,V), K) -> V`. A capital stands for
 * any type, a small letter for any length or precision; `T...` may be repeated; `T:number` limits what T can be.
 */
import {
  asDecimal,
  canCoerce,
  commonType,
  decimal,
  isInteger,
  isNumber,
  isOrderable,
  sameType,
  simple,
  type Type,
  UNKNOWN,
} from '../../../../lib/languages/trino-sql/types.ts';

export interface Pattern {
  base: string;
  /** Of a variable: what it may be. */
  limit?: string | undefined;
  of: Pattern[];
  /** Lengths, precisions and scales: a number or a variable. */
  sizes: (number | string)[];
  variadic?: boolean;
}

export interface Signature {
  name: string;
  args: Pattern[];
  returns: Pattern;
}

export interface Bindings {
  types: Map<string, Type>;
  sizes: Map<string, number | undefined>;
}

const SIGNATURE = /^(\w+)\((.*)\) -> (.+)$/s;

export function parseSignature(text: string): Signature {
  const match = SIGNATURE.exec(text);
  if (!match) throw new Error(`Not a signature: ${text}`);
  const [, name = '', args = '', returns = ''] = match;
  return { name, args: split(args).map(parsePattern), returns: parsePattern(returns) };
}

function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return part.trim() === '' ? parts : [...parts, part.trim()];
}

function parsePattern(text: string): Pattern {
  if (text.endsWith('...')) return { ...parsePattern(text.slice(0, -3)), variadic: true };
  const variable = /^([A-Z]\d?)(?::(\w+))?$/.exec(text);
  if (variable) return { base: variable[1] as string, limit: variable[2], of: [], sizes: [] };
  const zoned = /^timestamp\((\w)\) with time zone$/.exec(text);
  if (zoned) return { base: 'timestamp with time zone', of: [], sizes: [size(zoned[1] as string)] };
  const nested = /^(\w+)\((.*)\)$/s.exec(text);
  if (!nested) return { base: text, of: [], sizes: [] };
  const parts = split(nested[2] as string);
  if (['varchar', 'char', 'decimal', 'timestamp', 'time'].includes(nested[1] as string)) {
    return { base: nested[1] as string, of: [], sizes: parts.map(size) };
  }
  return { base: nested[1] as string, of: parts.map(parsePattern), sizes: [] };
}

function size(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

const isVariable = (pattern: Pattern): boolean => /^[A-Z]\d?$/.test(pattern.base);

/** The argument patterns for this many arguments; undefined where they do not go together. */
export function argumentsFor(signature: Signature, count: number): Pattern[] | undefined {
  const last = signature.args.at(-1);
  if (!last?.variadic) return signature.args.length === count ? signature.args : undefined;
  if (count < signature.args.length) return undefined;
  return [...signature.args, ...Array.from({ length: count - signature.args.length }, () => last)];
}

/** Binds the variables of `patterns` to what the arguments are. Lambdas, which have no type yet, are passed over. */
export function bind(patterns: Pattern[], types: (Type | undefined)[]): Bindings | undefined {
  const bindings: Bindings = { types: new Map(), sizes: new Map() };
  for (const [index, pattern] of patterns.entries()) {
    const type = types[index];
    if (pattern.base === 'function' ? type !== undefined : type === undefined) return undefined;
    if (type && !bindOne(pattern, type, bindings)) return undefined;
  }
  return bindings;
}

function bindOne(pattern: Pattern, type: Type, bindings: Bindings): boolean {
  if (isVariable(pattern)) return bindVariable(pattern, type, bindings);
  if (type.base === 'unknown') {
    if (pattern.base === 'varchar' && typeof pattern.sizes[0] === 'string' && !bindings.sizes.has(pattern.sizes[0]))
      bindings.sizes.set(pattern.sizes[0], 0);
    return true;
  }
  if (pattern.of.length > 0) {
    if (type.base !== pattern.base || type.of?.length !== pattern.of.length) return false;
    return pattern.of.every((part, index) => bindOne(part, type.of?.[index] as Type, bindings));
  }
  if (pattern.sizes.length > 0) return bindSizes(pattern, type, bindings);
  return canCoerce(type, simple(pattern.base));
}

const LIMITS: Record<string, (type: Type) => boolean> = {
  number: isNumber,
  integer: isInteger,
  orderable: isOrderable,
  interval: (type) => type.base.startsWith('interval'),
};

function bindVariable(pattern: Pattern, type: Type, { types }: Bindings): boolean {
  const bound = types.get(pattern.base);
  const common = bound ? commonType(bound, type) : type;
  if (!common) return false;
  const limit = LIMITS[pattern.limit ?? ''];
  if (limit && type.base !== 'unknown' && !limit(common)) return false;
  types.set(pattern.base, common);
  return true;
}

function bindSizes(pattern: Pattern, type: Type, { sizes }: Bindings): boolean {
  const [first, second] = pattern.sizes;
  const set = (variable: number | string | undefined, value: number | undefined) => {
    if (typeof variable === 'string' && !sizes.has(variable)) sizes.set(variable, value);
  };
  if (typeof first === 'number')
    return canCoerce(type, {
      ...simple(pattern.base),
      ...(pattern.base === 'varchar' ? { length: first } : { precision: first, scale: Number(second ?? 0) }),
    });
  switch (pattern.base) {
    case 'varchar':
      if (type.base !== 'varchar' && type.base !== 'char') return false;
      set(first, type.length);
      return true;
    case 'char':
      if (type.base !== 'char') return false;
      set(first, type.length);
      return true;
    case 'decimal': {
      if (type.base !== 'decimal' && !isInteger(type)) return false;
      const { precision, scale } = asDecimal(type);
      set(first, precision);
      set(second, scale);
      return true;
    }
    default: {
      if (!canCoerce(type, { base: pattern.base, precision: type.precision ?? 0 })) return false;
      set(first, type.precision ?? 0);
      return true;
    }
  }
}

export function instantiate(pattern: Pattern, bindings: Bindings): Type {
  if (isVariable(pattern)) return bindings.types.get(pattern.base) ?? UNKNOWN;
  if (pattern.of.length > 0) {
    const of = pattern.of.map((part) => instantiate(part, bindings));
    return pattern.base === 'row' ? { base: 'row', of, names: of.map(() => '') } : { base: pattern.base, of };
  }
  const [first, second] = pattern.sizes.map((value) => (typeof value === 'number' ? value : bindings.sizes.get(value)));
  switch (pattern.base) {
    case 'varchar':
      return first === undefined ? { base: 'varchar' } : { base: 'varchar', length: first };
    case 'char':
      return { base: 'char', length: first ?? 1 };
    case 'decimal':
      return decimal(first ?? 38, second ?? 0);
    case 'timestamp':
    case 'time':
    case 'timestamp with time zone':
      return { base: pattern.base, precision: first ?? 3 };
    default:
      return simple(pattern.base);
  }
}

/** Whether no argument needs to be read as something else. */
export function isExact(patterns: Pattern[], bindings: Bindings, types: (Type | undefined)[]): boolean {
  return patterns.every((pattern, index) => {
    const type = types[index];
    return !type || sameBase(instantiate(pattern, bindings), type);
  });
}

function sameBase(wanted: Type, type: Type): boolean {
  if (wanted.base === 'varchar' && type.base === 'varchar') return true;
  return sameType(wanted, type);
}

/** Whether every argument of the one could be an argument of the other. */
export function isMoreSpecific(one: Type[], other: Type[]): boolean {
  return one.every((type, index) => canCoerce(type, other[index] as Type));
}

/** As Trino writes it in messages. */
export function patternText(pattern: Pattern): string {
  if (pattern.sizes.length > 0) {
    if (pattern.base === 'timestamp with time zone') return `timestamp(${pattern.sizes[0]}) with time zone`;
    return `${pattern.base}(${pattern.sizes.join(',')})`;
  }
  return pattern.of.length > 0 ? `${pattern.base}(${pattern.of.map(patternText).join(',')})` : pattern.base;
}
