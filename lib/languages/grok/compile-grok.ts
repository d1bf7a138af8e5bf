/**
 * Grok: regular expressions put together from named patterns, `%{PATTERN:field:type}`, one line a record.
 * https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-grok
 */
import { grokPatterns } from './grok-patterns.ts';

export class GrokError extends Error {
  override name = 'GrokError';
}

export interface GrokField {
  name: string;
  /** Athena's type. */
  type: string;
  /** The pattern that it is read by, as it is named in the expression. */
  pattern: string;
  /** Which groups of the regular expression hold it, from 1: more than one where alternatives do. */
  groups: number[];
}

export interface Grok {
  /** Without look-around of its own at the ends: it is found in a line, and need not be all of it. */
  pattern: string;
  fields: GrokField[];
}

const types: Record<string, string> = {
  byte: 'tinyint',
  boolean: 'boolean',
  double: 'double',
  short: 'smallint',
  int: 'int',
  long: 'bigint',
  float: 'float',
  string: 'string',
};

/** Patterns in patterns: deeper than any real ones, and an end to those that name themselves. */
const depthMax = 30;
const lengthMax = 64 * 1024;

/** Compiles a grok expression; throws GrokError, which says what is wrong where. */
export function compileGrok(expression: string, customPatterns = ''): Grok {
  const compiler = new Compiler({ ...grokPatterns, ...readCustomPatterns(customPatterns) });
  const pattern = compiler.expand(expression, 0);
  try {
    new RegExp(pattern);
  } catch (error) {
    throw new GrokError(`The grok pattern is no regular expression: ${(error as Error).message}`);
  }
  return { pattern, fields: [...compiler.fields.values()] };
}

/** `NAME expression`, one a line. */
function readCustomPatterns(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', pattern = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      if (!name) throw new GrokError(`A custom pattern is a name, a space and an expression: “${line.trim()}”.`);
      return [name, pattern];
    }),
  );
}

class Compiler {
  readonly fields = new Map<string, GrokField>();
  readonly #patterns: Record<string, string>;
  #groups = 0;

  constructor(patterns: Record<string, string>) {
    this.#patterns = patterns;
  }

  /** Groups that capture become groups that do not, but for those of a field. */
  expand(source: string, depth: number): string {
    if (depth > depthMax) throw new GrokError('The grok pattern names itself, by itself or through others.');
    let out = '';
    for (let at = 0; at < source.length; ) {
      const piece = this.#piece(source, at, depth);
      out += piece.text;
      at += piece.length;
      if (out.length > lengthMax) throw new GrokError('The grok pattern becomes too long when it is written out.');
    }
    return out;
  }

  #piece(source: string, at: number, depth: number): { text: string; length: number } {
    const rest = source.slice(at, at + 512);
    const named = /^%\{(\w+)(?:[:;]([^:;}]+))?(?:[:;]([^:;}]+))?(?:[:;][^}]*)?\}/.exec(rest);
    if (named) return { text: this.#named(named, depth), length: named[0].length };
    if (rest.startsWith('\\')) return { text: rest.slice(0, 2), length: 2 };
    const set = /^\[\^?\]?(?:\\.|[^\]\\])*\]/.exec(rest);
    if (set) return { text: set[0], length: set[0].length };
    const field = /^\(\?<([A-Za-z_]\w*)>/.exec(rest);
    if (field) return { text: this.#open(field[1] ?? '', 'string', 'regular expression'), length: field[0].length };
    // JavaScript has no atomic groups: without them the same lines match, at worst more slowly.
    if (rest.startsWith('(?>')) return { text: '(?:', length: 3 };
    if (rest.startsWith('(') && rest[1] !== '?') return { text: '(?:', length: 1 };
    // Nor possessive quantifiers.
    const possessive = /^([*+?}])\+/.exec(rest);
    if (possessive) return { text: possessive[1] ?? '', length: 2 };
    return { text: rest[0] ?? '', length: 1 };
  }

  #named([, name = '', field, type]: RegExpExecArray, depth: number): string {
    const pattern = this.#patterns[name];
    if (pattern === undefined) throw new GrokError(`There is no grok pattern called ${name}.`);
    if (!field || field === 'UNWANTED') return `(?:${this.expand(pattern, depth + 1)})`;
    const open = this.#open(field, types[type?.toLowerCase() ?? 'string'] ?? 'string', name);
    return `${open}${this.expand(pattern, depth + 1)})`;
  }

  #open(field: string, type: string, pattern: string): string {
    const name = field.trim().toLowerCase();
    this.#groups++;
    const known = this.fields.get(name);
    if (known) known.groups.push(this.#groups);
    else this.fields.set(name, { name, type, pattern, groups: [this.#groups] });
    return '(';
  }
}
