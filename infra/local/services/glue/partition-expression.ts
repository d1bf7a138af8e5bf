/**
 * The filter of GetPartitions: a WHERE clause over the partition keys, as in `year = '2024' AND month IN (1, 2)`.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html#Glue-GetPartitions-request-Expression
 */
import type { Column } from './catalog-schemas.ts';
import { invalidInput } from './errors.ts';

type Row = Map<string, { value: string; isNumber: boolean }>;
type Test = (row: Row) => boolean;

/** Returns a test of one partition's values, which stand in the order of `keys`. */
export function partitionFilter(expression: string | undefined, keys: Column[]): (values: string[]) => boolean {
  if (!expression?.trim()) return () => true;
  const test = new ExpressionParser(expression, keys).parse();
  return (values) =>
    test(
      new Map(
        keys.map(({ Name, Type = 'string' }, i) => [Name, { value: values[i] ?? '', isNumber: isNumeric(Type) }]),
      ),
    );
}

const isNumeric = (type: string): boolean => /^(tinyint|smallint|int|integer|bigint|long|decimal)/i.test(type);
const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|([<>!]=|<>|[=<>(),])|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|("[^"]+"|`[^`]+`))/y;

interface Token {
  kind: 'literal' | 'symbol' | 'word';
  text: string;
  /** A keyword as it is compared; a quoted name never is one. */
  upper: string;
}

const comparisons: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
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
    if (this.#accept('(')) {
      const test = this.#or();
      this.#expect(')');
      return test;
    }
    const column = this.#column();
    const isNegated = this.#accept('NOT');
    const test = this.#predicate(column);
    return isNegated ? negated(test) : test;
  }

  #predicate(column: string): Test {
    if (this.#accept('IN')) return this.#in(column);
    if (this.#accept('BETWEEN')) {
      const low = this.#literal();
      this.#expect('AND');
      const high = this.#literal();
      return (row) => compare(row, column, low) >= 0 && compare(row, column, high) <= 0;
    }
    if (this.#accept('LIKE')) {
      const pattern = likePattern(this.#literal());
      return (row) => pattern.test(row.get(column)?.value ?? '');
    }
    if (this.#accept('IS')) return this.#isNull();
    const holds = comparisons[this.#take().text];
    if (!holds) throw this.#unexpected(this.#next - 1);
    const literal = this.#literal();
    return (row) => holds(compare(row, column, literal));
  }

  #in(column: string): Test {
    this.#expect('(');
    const literals = [this.#literal()];
    while (this.#accept(',')) literals.push(this.#literal());
    this.#expect(')');
    return (row) => literals.some((literal) => compare(row, column, literal) === 0);
  }

  /** A partition's value is never null: Hive writes `__HIVE_DEFAULT_PARTITION__` for it. */
  #isNull(): Test {
    const isNegated = this.#accept('NOT');
    this.#expect('NULL');
    return () => isNegated;
  }

  #column(): string {
    const token = this.#take();
    const key = this.#keys.find(({ Name }) => Name.toLowerCase() === token.text.toLowerCase());
    if (token.kind !== 'word' || !key) {
      throw invalidInput(`Unsupported expression '${this.#expression}': ${token.text} is not a partition key.`);
    }
    return key.Name;
  }

  #literal(): string {
    const token = this.#take();
    if (token.kind !== 'literal') throw this.#unexpected(this.#next - 1);
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

function compare(row: Row, column: string, literal: string): number {
  const cell = row.get(column);
  if (!cell) return Number.NaN;
  if (cell.isNumber) return Number(cell.value) - Number(literal);
  return cell.value < literal ? -1 : Number(cell.value > literal);
}

function likePattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
}
