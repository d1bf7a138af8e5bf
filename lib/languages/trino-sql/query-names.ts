import type { SqlPosition } from './sql-error.ts';
import { closingIndex, isName, isToken, type Token, tokenize } from './tokenize.ts';

/** A table that a query reads, as it is written there. Names are in lower case, as in the catalog. */
export interface TableName extends SqlPosition {
  catalog?: string;
  schema?: string;
  name: string;
}

export interface FunctionName extends SqlPosition {
  name: string;
}

export interface QueryNames {
  /** Each place where a table is read; the names of WITH queries are not among them. */
  tables: TableName[];
  /** Each call of a function. */
  functions: FunctionName[];
  /** Hidden columns that are read: `$path`, … */
  hiddenColumns: HiddenColumn[];
}

/** What Athena knows of the file that a row is in: https://trino.io/docs/current/connector/hive.html#metadata-columns */
export const HIDDEN_COLUMNS = ['$path', '$file_size', '$file_modified_time', '$partition'] as const;
export type HiddenColumn = (typeof HIDDEN_COLUMNS)[number];

/** Words that stand before a bracket without calling anything. */
const NOT_CALLS = new Set(
  `all and any array as asc between by case cube desc distinct else end escape except exists fetch filter first from full group
  grouping having in inner intersect into is join lateral left like limit match_recognize natural next not null offset on or order
  outer over partition range recursive right rollup row rows select sets some table then union using values when where window
  with within bernoulli system decimal varchar char timestamp time interval double numeric dec`.split(/\s+/),
);

/** Words that end the FROM clause, so that a comma no longer announces a table. */
const AFTER_FROM = new Set('where group having order limit offset fetch union intersect except window'.split(' '));

/** One bracket level of a query. */
interface Frame {
  hasSelect: boolean;
  /** After FROM, before the clause that ends it: here a comma is followed by another table. */
  inFrom: boolean;
  /** WITH names that are visible at this level. */
  withNames: Set<string>;
  /** The WITH name whose body this bracket holds. */
  defines?: string;
}

/** Finds the tables and functions that a query names, without parsing it: brackets, keywords and their order are enough. */
export function queryNames(sql: string, tokens: Token[] = tokenize(sql)): QueryNames {
  const scan = new NameScan(tokens);
  return scan.run();
}

class NameScan {
  readonly #tokens: Token[];
  readonly #frames: Frame[] = [{ hasSelect: false, inFrom: false, withNames: new Set() }];
  readonly #names: QueryNames = { tables: [], functions: [], hiddenColumns: [] };
  #expectsRelation = false;
  /** The WITH name whose body the next bracket opens. */
  #pendingDefinition: string | undefined;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  run(): QueryNames {
    for (let index = 0; index < this.#tokens.length; index++) index = this.#take(index);
    return this.#names;
  }

  get #frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  /** Handles the token at `index`; returns the index of the last token that it used. */
  #take(index: number): number {
    const token = this.#tokens[index] as Token;
    if (token.type === 'quoted') this.#addHidden(token.value.toLowerCase());
    if (isToken(token, '(')) return this.#open(index);
    if (isToken(token, ')')) return this.#close(index);
    if (this.#expectsRelation && isName(token)) return this.#relation(index);
    if (isToken(token, ',') && this.#frame.inFrom) this.#expectsRelation = true;
    if (token.type === 'word') return this.#word(index, token);
    if (token.type === 'quoted' && isToken(this.#tokens[index + 1], '(')) this.#call(index);
    return index;
  }

  #addHidden(name: string): void {
    const hidden = HIDDEN_COLUMNS.find((known) => known === name);
    if (hidden && !this.#names.hiddenColumns.includes(hidden)) this.#names.hiddenColumns.push(hidden);
  }

  #word(index: number, token: Token): number {
    const frame = this.#frame;
    const previous = this.#tokens[index - 1];
    switch (token.value) {
      case 'select':
        frame.hasSelect = true;
        frame.inFrom = false;
        return index;
      case 'from':
        // Not `extract(year FROM x)`, nor `a IS DISTINCT FROM b`.
        if (frame.hasSelect && !isToken(previous, 'distinct')) {
          frame.inFrom = true;
          this.#expectsRelation = true;
        }
        return index;
      case 'join':
        this.#expectsRelation = true;
        return index;
      case 'with':
        return this.#with(index);
      case 'table':
        // `TABLE orders` is a query of its own; `TABLE(…)` is a function over rows.
        this.#expectsRelation = isName(this.#tokens[index + 1]);
        return index;
    }
    if (AFTER_FROM.has(token.value)) frame.inFrom = false;
    if (isToken(this.#tokens[index + 1], '(')) this.#call(index);
    return index;
  }

  /** `WITH a AS (…), b(x) AS (…)`: each name is visible after its own body, a recursive one inside it too. */
  #with(index: number): number {
    const isRecursive = isToken(this.#tokens[index + 1], 'recursive');
    const name = this.#tokens[index + (isRecursive ? 2 : 1)];
    if (!isName(name) || isToken(name, 'time', 'ordinality', 'no', 'ties')) return index;
    this.#startWithQuery(index + (isRecursive ? 2 : 1), isRecursive);
    return this.#bodyOf(index + (isRecursive ? 2 : 1)) - 1;
  }

  #startWithQuery(nameIndex: number, isRecursive: boolean): void {
    const name = (this.#tokens[nameIndex] as Token).value.toLowerCase();
    if (isRecursive) this.#frame.withNames.add(name);
    this.#pendingDefinition = name;
  }

  /** Index of the bracket that opens the body of the WITH query whose name is at `nameIndex`. */
  #bodyOf(nameIndex: number): number {
    let index = nameIndex + 1;
    if (isToken(this.#tokens[index], '(')) index = closingIndex(this.#tokens, index) + 1;
    return isToken(this.#tokens[index], 'as') ? index + 1 : index;
  }

  #open(index: number): number {
    const isRelation = this.#expectsRelation && !isToken(this.#tokens[index + 1], 'select', 'with', 'values', 'table');
    this.#frames.push({
      hasSelect: false,
      // `FROM (a CROSS JOIN b)` and `FROM (a, b)`: a bracket where a table is expected may hold tables itself.
      inFrom: isRelation,
      withNames: new Set(this.#frame.withNames),
      defines: this.#pendingDefinition,
    });
    this.#pendingDefinition = undefined;
    this.#expectsRelation = isRelation;
    return index;
  }

  #close(index: number): number {
    this.#expectsRelation = false;
    if (this.#frames.length === 1) return index;
    const closed = this.#frames.pop() as Frame;
    if (!closed.defines) return index;
    this.#frame.withNames.add(closed.defines);
    if (!isToken(this.#tokens[index + 1], ',')) return index;
    this.#startWithQuery(index + 2, false);
    return this.#bodyOf(index + 2) - 1;
  }

  /** A table, a function over rows, or a word such as LATERAL. */
  #relation(index: number): number {
    this.#expectsRelation = false;
    const first = this.#tokens[index] as Token;
    if (isToken(first, 'unnest')) return index;
    if (isToken(first, 'lateral', 'table', 'select', 'values', 'with')) return this.#word(index, first);
    const parts = [first];
    let last = index;
    while (isToken(this.#tokens[last + 1], '.') && isName(this.#tokens[last + 2])) {
      parts.push(this.#tokens[last + 2] as Token);
      last += 2;
    }
    if (isToken(this.#tokens[last + 1], '(')) {
      this.#call(last);
      return last;
    }
    const [name, schema, catalog] = parts.map((part) => part.value.toLowerCase()).reverse();
    if (!schema && this.#frame.withNames.has(name as string)) return last;
    this.#names.tables.push({ catalog, schema, name: name as string, line: first.line, column: first.column });
    return last;
  }

  #call(index: number): void {
    const token = this.#tokens[index] as Token;
    if (token.type === 'word' && NOT_CALLS.has(token.value)) return;
    if (this.#isAliasList(index)) return;
    this.#names.functions.push({ name: token.value.toLowerCase(), line: token.line, column: token.column });
  }

  /** `AS t(a, b)`, `) t(a, b)`, `orders o(a, b)`: after a name or a bracket a call cannot stand. */
  #isAliasList(index: number): boolean {
    const previous = this.#tokens[index - 1];
    if (!previous) return false;
    if (isToken(previous, 'as', ')')) return true;
    if (previous.type === 'quoted') return true;
    const isRelationName = isToken(this.#tokens[index - 2], 'from', 'join', ',', '.') && this.#frame.inFrom;
    return previous.type === 'word' && isRelationName && !NOT_CALLS.has(previous.value);
  }
}
