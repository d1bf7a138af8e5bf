/**
 * Patterns of policies: `*` is any text, `?` any one character, `${aws:username}` a value of the request, and
 * `${*}`, `${?}`, `${$}` those characters themselves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const ANY = -1;
const ONE = -2;

/** Looks a condition key up, in lower case; undefined where the request has none. */
export type Lookup = (key: string) => readonly string[] | undefined;

interface Variable {
  key: string;
  fallback: string | undefined;
}

/** Character codes, ANY and ONE; a variable stands for codes that are known with the request. */
type Part = number[] | Variable;

export interface PatternOptions {
  /** Variables exist only since policy version 2012-10-17. */
  hasVariables: boolean;
  ignoreCase?: boolean;
  /** False where `*` and `?` are ordinary characters, as in StringEquals. */
  hasWildcards?: boolean;
}

export type Matches = (text: string, lookup: Lookup) => boolean;

/** Compiles a pattern once, so that a decision only compares. */
export function compilePattern(
  pattern: string,
  { hasVariables, ignoreCase = false, hasWildcards = true }: PatternOptions,
): Matches {
  const source = ignoreCase ? pattern.toLowerCase() : pattern;
  const parts = split(source, hasVariables, hasWildcards);
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  if (parts.every((part) => Array.isArray(part))) return withoutVariables(parts.flat(), fold);
  return (text, lookup) => {
    const codes = resolve(parts, lookup, fold);
    return codes !== undefined && matches(codes, fold(text));
  };
}

function withoutVariables(codes: number[], fold: (text: string) => string): Matches {
  const wildcard = codes.findIndex((code) => code < 0);
  if (wildcard === -1) {
    const exact = String.fromCharCode(...codes);
    return (text) => fold(text) === exact;
  }
  if (wildcard === codes.length - 1 && codes[wildcard] === ANY) {
    const start = String.fromCharCode(...codes.slice(0, -1));
    return (text) => fold(text).startsWith(start);
  }
  return (text) => matches(codes, fold(text));
}

function split(pattern: string, hasVariables: boolean, hasWildcards: boolean): Part[] {
  const parts: Part[] = [];
  const pieces = hasVariables ? pattern.split(/(\$\{[^}]*\})/) : [pattern];
  for (const piece of pieces) {
    if (hasVariables && piece.startsWith('${') && piece.endsWith('}')) parts.push(variable(piece.slice(2, -1)));
    else parts.push(codesOf(piece, hasWildcards));
  }
  return parts;
}

function variable(inside: string): Part {
  if (inside === '*' || inside === '?' || inside === '$') return codesOf(inside, false);
  const [, key = inside, , fallback] = /^\s*([^,]*?)\s*(,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  return { key: key.toLowerCase(), fallback };
}

function codesOf(text: string, hasWildcards: boolean): number[] {
  return Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    if (!hasWildcards) return code;
    return text[index] === '*' ? ANY : text[index] === '?' ? ONE : code;
  });
}

/** A variable without a single value, and without a default, matches nothing. */
function resolve(parts: Part[], lookup: Lookup, fold: (text: string) => string): number[] | undefined {
  const codes: number[] = [];
  for (const part of parts) {
    if (Array.isArray(part)) {
      codes.push(...part);
      continue;
    }
    const values = lookup(part.key);
    const value = values?.length === 1 ? values[0] : part.fallback;
    if (value === undefined) return undefined;
    codes.push(...codesOf(fold(value), false));
  }
  return codes;
}

/** Goes back to the last `*` only, so that no pattern takes more than pattern × text steps. */
function matches(codes: number[], text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < text.length) {
    if (codes[at] === ANY) {
      star = at++;
      resume = index;
    } else if (at < codes.length && (codes[at] === ONE || codes[at] === text.charCodeAt(index))) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (codes[at] === ANY) at++;
  return at === codes.length;
}
