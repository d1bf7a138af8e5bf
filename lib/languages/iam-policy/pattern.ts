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

/** Undefined where a variable of the pattern has no value: then it neither matches nor fails to match. */
export type Matches = (text: string, lookup: Lookup) => boolean | undefined;

/** Compiles a pattern once, so that a decision only compares. */
export function compilePattern(pattern: string, options: PatternOptions): Matches {
  const parts = partsOf(pattern, options);
  const fold = folding(options);
  if (areCodes(parts)) {
    const matches = compileCodes(parts.flat());
    return options.ignoreCase ? (text, lookup) => matches(fold(text), lookup) : matches;
  }
  const start = literalStart(parts);
  return (text, lookup) => {
    const folded = fold(text);
    // Most patterns are told apart before their first variable.
    if (!folded.startsWith(start)) return hasValues(parts, lookup) ? false : undefined;
    const codes = resolve(parts, lookup, fold);
    return codes && matchCodes(codes, folded);
  };
}

/** What a pattern is made of: at once where it has no variable, else by the values of a request. */
export function resolvePattern(
  pattern: string,
  options: PatternOptions,
): number[] | ((lookup: Lookup) => number[] | undefined) {
  const parts = partsOf(pattern, options);
  return areCodes(parts) ? parts.flat() : (lookup) => resolve(parts, lookup, folding(options));
}

const areCodes = (parts: Part[]): parts is number[][] => parts.every((part) => Array.isArray(part));

export function compileCodes(codes: number[]): Matches {
  const wildcard = codes.findIndex((code) => code < 0);
  if (wildcard === -1) {
    const exact = textOf(codes);
    return (text) => text === exact;
  }
  if (wildcard === codes.length - 1 && codes[wildcard] === ANY) {
    const start = textOf(codes.slice(0, -1));
    return (text) => text.startsWith(start);
  }
  return (text) => matchCodes(codes, text);
}

const textOf = (codes: number[]): string => codes.map((code) => String.fromCharCode(code)).join('');

function folding({ ignoreCase }: PatternOptions): (text: string) => string {
  return ignoreCase ? (text) => text.toLowerCase() : (text) => text;
}

function partsOf(pattern: string, options: PatternOptions): Part[] {
  const { hasVariables, hasWildcards = true } = options;
  const folded = folding(options)(pattern);
  if (!hasVariables) return [codesOf(folded, hasWildcards)];
  // A default stands in quotes and may have any other character, a brace too.
  return folded
    .split(/(\$\{(?:[^}',]*,\s*'[^']*'\s*|[^}]*)\})/)
    .map((piece, at) => (at % 2 === 1 ? variable(piece.slice(2, -1)) : codesOf(piece, hasWildcards)));
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

function literalStart([first]: Part[]): string {
  if (!Array.isArray(first)) return '';
  const wildcard = first.findIndex((code) => code < 0);
  return textOf(wildcard === -1 ? first : first.slice(0, wildcard));
}

/** A key that has several values can be no variable; one that has none takes the default. */
function textFor({ key, fallback }: Variable, lookup: Lookup): string | undefined {
  const values = lookup(key);
  if (values === undefined || values.length === 0) return fallback;
  return values.length === 1 ? values[0] : undefined;
}

function hasValues(parts: Part[], lookup: Lookup): boolean {
  return parts.every((part) => Array.isArray(part) || textFor(part, lookup) !== undefined);
}

/** The values of variables are literal text. */
function resolve(parts: Part[], lookup: Lookup, fold: (text: string) => string): number[] | undefined {
  const codes: number[] = [];
  for (const part of parts) {
    if (Array.isArray(part)) {
      codes.push(...part);
      continue;
    }
    const value = textFor(part, lookup);
    if (value === undefined) return undefined;
    codes.push(...codesOf(fold(value), false));
  }
  return codes;
}

/** Goes back to the last `*` only, so that no pattern takes more than pattern × text steps. */
function matchCodes(codes: number[], text: string): boolean {
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
