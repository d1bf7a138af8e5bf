/**
 * The filter of GetPartitions: a WHERE clause over the partition keys, as in `year = '2024' AND month IN (1, 2)`.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html#Glue-GetPartitions-request-Expression
 */
import type { Column } from './catalog-schemas.ts';
import { invalidInput } from './errors.ts';
import { literalValue, mustBeLikeable, type PartitionValue, partitionValue } from './partition-value.ts';

type Row = Map<string, string>;
type Test = (row: Row) => boolean;

/** Returns a test of one partition's values, which stand in the order of `keys`. */
export function partitionFilter(expression: string | undefined, keys: Column[]): (values: string[]) => boolean {
  if (!expression?.trim()) return () => true;
  const test = new ExpressionParser(expression, keys).parse();
  return (values) => test(new Map(keys.map(({ Name }, i) => [Name, values[i] ?? ''])));
}

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|([<>!]=|<>|[=<>(),])|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|("[^"]+"|`[^`]+`))/y;

interface Token {
  kind: 'literal' | 'symbol' | 'word';
  text: string;
  /** A keyword as it is compared; a quoted name never is one. */
  upper: string;
}

const comparisons: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order < 0 || order > 0,
  '<>': (order) => order < 0 || order > 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

class ExpressionParser {
  readonly #expression: string;
  readonly #keys: Column[];
  readonly #tokens: Token[];
  #next = 0;

  constructor(expression: string, keys: Column[]) {
    this.#expression = expression;
    this.#keys = keys;
    this.#tokens = tokensOf(expression);
  }

  parse(): Test {
    const test = this.#or();
    if (this.#next < this.#tokens.length) throw this.#unexpected();
    return test;
  }

  #or(): Test {
    let left = this.#and();
    while (this.#accept('OR')) left = either(left, this.#and());
    return left;
  }

  #and(): Test {
    let left = this.#not();
    while (this.#accept('AND')) left = both(left, this.#not());
    return left;
  }

  #not(): Test {
    if (!this.#accept('NOT')) return this.#primary();
    return negated(this.#not());
  }

  #primary(): Test {
    if (this.#opensTest()) {
      this.#expect('(');
      const test = this.#or();
      this.#expect(')');
      return test;
    }
    const column = this.#column();
    const isNegated = this.#accept('NOT');
    const test = this.#predicate(column);
    return isNegated ? negated(test) : test;
  }

  /** A parenthesis may stand around a test, and around a column too. */
  #opensTest(): boolean {
    let at = this.#next;
    while (this.#tokens[at]?.upper === '(') at++;
    return at > this.#next && this.#tokens[at + 1]?.upper !== ')';
  }

  #predicate(column: Column): Test {
    if (this.#accept('IN')) return this.#in(column);
    if (this.#accept('BETWEEN')) {
      const low = this.#value(column);
      this.#expect('AND');
      const high = this.#value(column);
      return (row) => compare(row, column, low) >= 0 && compare(row, column, high) <= 0;
    }
    if (this.#accept('LIKE')) {
      mustBeLikeable(column.Type);
      const pattern = likePattern(this.#literal());
      return (row) => pattern.test(row.get(column.Name) ?? '');
    }
    if (this.#accept('IS')) return this.#isNull();
    const holds = comparisons[this.#take().text];
    if (!holds) throw this.#unexpected(this.#next - 1);
    const literal = this.#value(column);
    return (row) => holds(compare(row, column, literal));
  }

  #in(column: Column): Test {
    this.#expect('(');
    const literals = [this.#value(column)];
    while (this.#accept(',')) literals.push(this.#value(column));
    this.#expect(')');
    return (row) => literals.some((literal) => compare(row, column, literal) === 0);
  }

  /** A partition's value is never null: Hive writes `__HIVE_DEFAULT_PARTITION__` for it. */
  #isNull(): Test {
    const isNegated = this.#accept('NOT');
    this.#expect('NULL');
    return () => isNegated;
  }

  #column(): Column {
    if (this.#accept('(')) {
      const column = this.#column();
      this.#expect(')');
      return column;
    }
    const token = this.#take();
    const key = this.#keys.find(({ Name }) => Name.toLowerCase() === token.text.toLowerCase());
    if (token.kind !== 'word' || !key) {
      throw invalidInput('Invalid partition expression!');
    }
    return key;
  }

  #value(column: Column): PartitionValue {
    return literalValue(this.#literal(), column.Type);
  }

  #literal(): string {
    if (this.#accept('(')) {
      const literal = this.#literal();
      this.#expect(')');
      return literal;
    }
    const token = this.#take();
    // Texts may stand in double quotes too.
    if (token.kind !== 'literal' && token.upper !== '') throw this.#unexpected(this.#next - 1);
    return token.text;
  }

  #accept(text: string): boolean {
    if (this.#tokens[this.#next]?.upper !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected();
  }

  #take(): Token {
    const token = this.#tokens[this.#next];
    if (!token) throw this.#unexpected();
    this.#next++;
    return token;
  }

  #unexpected(index = this.#next): Error {
    const found = this.#tokens[index]?.text ?? 'its end';
    return invalidInput(`Unsupported expression '${this.#expression}': unexpected ${found}.`);
  }
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const [, text, symbol, number, word, quoted] = pattern.exec(expression) ?? [];
    if (text !== undefined) tokens.push({ kind: 'literal', text: text.slice(1, -1).replaceAll("''", "'"), upper: '' });
    else if (number !== undefined) tokens.push({ kind: 'literal', text: number, upper: '' });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, upper: symbol });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, upper: word.toUpperCase() });
    else if (quoted !== undefined) tokens.push({ kind: 'word', text: quoted.slice(1, -1), upper: '' });
    else throw invalidInput(`Unsupported expression '${expression}' at position ${at + 1}.`);
  }
  return tokens;
}

const either =
  (left: Test, right: Test): Test =>
  (row) =>
    left(row) || right(row);
const both =
  (left: Test, right: Test): Test =>
  (row) =>
    left(row) && right(row);
const negated =
  (test: Test): Test =>
  (row) =>
    !test(row);

/** NaN, which no comparison holds for, where there is no value. */
function compare(row: Row, { Name, Type }: Column, literal: PartitionValue): number {
  const value = partitionValue(row.get(Name) ?? '', Type);
  if (value === undefined || literal === undefined) return Number.NaN;
  return value < literal ? -1 : Number(value > literal);
}

function likePattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
}
