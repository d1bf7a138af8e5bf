/** Expressions of `.$` fields: a path, or `States.Function(…)` whose arguments are paths, literals or functions again. */
import { ARITY, INTRINSICS } from './intrinsic-functions.ts';
import type { Json } from './json.ts';
import { getAtPath, parsePath } from './path.ts';
import type { Scope } from './scope.ts';
import { EvaluationError, StatesError } from './states-error.ts';

export type Expression =
  | { type: 'path'; text: string }
  | { type: 'literal'; value: Json }
  | { type: 'call'; name: string; text: string; args: Expression[] };

const NESTING_MAX = 10;

/** Parses the value of a `.$` field. Throws an Error that says what is wrong and where. */
export function parseExpression(text: string): Expression {
  if (text.startsWith('$')) return path(text);
  const reader = new Reader(text);
  const expression = reader.call(0);
  reader.end();
  return expression;
}

export function evaluateExpression(expression: Expression, scope: Scope, field: string): Json {
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'path':
      return getAtPath(expression.text, scope, field);
    case 'call':
      return call(expression, scope, field);
  }
}

function call({ name, args, text }: Extract<Expression, { type: 'call' }>, scope: Scope, field: string): Json {
  const values = args.map((argument) => evaluateExpression(argument, scope, field));
  try {
    // The parser admits only names of the table.
    return INTRINSICS[name]?.(values, scope.effects) ?? null;
  } catch (error) {
    if (error instanceof StatesError) throw error;
    throw new EvaluationError(
      'States.IntrinsicFailure',
      `The function '${text}' had the following error: ${(error as Error).message}`,
    );
  }
}

function path(text: string): Expression {
  parsePath(text);
  return { type: 'path', text };
}

class Reader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  call(depth: number): Expression {
    const start = this.position;
    const name = this.match(/\s*States\.(\w+)\s*\(/y)?.[1];
    if (!name) this.fail('A value of a .$ field is a path that begins with $, or a States.… function;');
    const arity = ARITY[name];
    if (!arity) this.fail(`There is no function States.${name};`);
    if (depth >= NESTING_MAX) this.fail(`Functions nest at most ${NESTING_MAX} deep;`);
    const args = this.arguments(depth, name === 'Format');
    if (args.length < arity[0] || args.length > arity[1]) this.fail(`Invalid number of arguments for States.${name};`);
    return { type: 'call', name, args, text: this.text.slice(start, this.position).trim() };
  }

  end(): void {
    if (this.match(/\s*$/y) === undefined) this.fail('Unexpected character');
  }

  private arguments(depth: number, isTemplate: boolean): Expression[] {
    const args: Expression[] = [];
    if (this.match(/\s*\)/y)) return args;
    do args.push(this.argument(depth, isTemplate && args.length === 0));
    while (this.match(/\s*,/y));
    if (!this.match(/\s*\)/y)) this.fail('A ) or , is missing');
    return args;
  }

  private argument(depth: number, isTemplate: boolean): Expression {
    this.match(/\s*/y);
    const next = this.text[this.position];
    if (next === "'") return { type: 'literal', value: this.quoted(isTemplate) };
    if (next === '$') return path(this.pathText());
    const literal = this.match(
      /-?\d+(\.\d+)?([eE][+-]?\d+)?(?=\s*[,)])|true(?=\s*[,)])|false(?=\s*[,)])|null(?=\s*[,)])/y,
    )?.[0];
    return literal === undefined ? this.call(depth + 1) : { type: 'literal', value: JSON.parse(literal) as Json };
  }

  /** A backslash makes the next character plain. Format's template keeps it: Format must tell `\{}` from `{}`. */
  private quoted(isTemplate: boolean): string {
    const quoted = this.match(/'((?:[^'\\]|\\.)*)'/sy)?.[1];
    if (quoted === undefined) this.fail('A string does not end');
    return isTemplate ? quoted : quoted.replace(/\\(.)/gs, '$1');
  }

  /** Up to the comma or bracket that ends the argument; a path may have both within its own brackets or quotes. */
  private pathText(): string {
    const start = this.position;
    let depth = 0;
    for (; this.position < this.text.length; this.position += 1) {
      const character = this.text[this.position] as string;
      if (character === "'" || character === '"') this.skipQuoted(character);
      else if (character === '[' || character === '(') depth += 1;
      else if (depth > 0 && (character === ']' || character === ')')) depth -= 1;
      else if (depth === 0 && (character === ',' || character === ')')) break;
    }
    return this.text.slice(start, this.position).trim();
  }

  private skipQuoted(quote: string): void {
    const end = this.text.indexOf(quote, this.position + 1);
    if (end < 0) this.fail('A quoted name does not end');
    this.position = end;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.position += found[0].length;
    return found;
  }

  private fail(problem: string): never {
    throw new Error(`${problem} at character ${this.position + 1} of '${this.text}'`);
  }
}
