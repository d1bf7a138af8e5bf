import { parseCreateTable } from './create-table.ts';
import { mismatchedInput, SqlError } from './sql-error.ts';
import type { PartitionSpec, QualifiedName, Statement } from './statement.ts';
import { closingIndex, isName, isToken, type Token, tokenize } from './tokenize.ts';

/** Says what a statement is. Throws where its first words, or those of a statement that is run here, cannot be read. */
export function parseStatement(sql: string): Statement {
  const tokens = tokenize(sql);
  const semicolon = tokens.findIndex((token) => token.text === ';');
  if (semicolon >= 0 && semicolon < tokens.length - 1) {
    throw new SqlError(
      'MISMATCHED_INPUT',
      'Only one sql statement is allowed. Got: multiple statements',
      tokens[semicolon + 1],
    );
  }
  return new StatementReader(sql, semicolon >= 0 ? tokens.slice(0, semicolon) : tokens).read();
}

/** Statements that Athena knows and this reader does not run. */
const UNSUPPORTED = ['analyze', 'merge', 'update', 'delete', 'vacuum', 'optimize', 'use'];

class StatementReader {
  readonly #sql: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(sql: string, tokens: Token[]) {
    this.#sql = sql;
    this.#tokens = tokens;
  }

  read(): Statement {
    const first = this.#peek();
    if (!first) throw mismatchedInput('<EOF>', { line: 1, column: 1 });
    if (isToken(first, 'select', 'with', 'values', 'table', '(')) return { type: 'SELECT' };
    if (this.#take('show')) return this.#show();
    if (this.#take('describe') || this.#take('desc')) return this.#describe();
    if (this.#take('create')) return this.#create();
    if (this.#take('drop')) return this.#drop();
    if (this.#take('insert')) return this.#insert();
    if (this.#take('msck')) {
      this.#must('repair');
      this.#must('table');
      return this.#end({ type: 'REPAIR_TABLE', table: this.#name() });
    }
    if (this.#take('unload')) return this.#unload();
    if (this.#take('alter')) return this.#alter();
    if (this.#take('explain')) return this.#explain();
    if (this.#take('prepare')) {
      const { name } = this.#name();
      this.#must('from');
      return { type: 'PREPARE', name, query: this.#rest() };
    }
    if (this.#take('execute')) return this.#execute();
    if (this.#take('deallocate')) {
      this.#must('prepare');
      return this.#end({ type: 'DEALLOCATE', name: this.#name().name });
    }
    if (isToken(first, ...UNSUPPORTED)) return { type: 'UNSUPPORTED', what: first.text.toUpperCase() };
    throw mismatchedInput(first.text, first);
  }

  #show(): Statement {
    if (this.#take('databases') || this.#take('schemas'))
      return this.#end({ type: 'SHOW_DATABASES', pattern: this.#pattern() });
    const listing = this.#take('tables') ? 'SHOW_TABLES' : this.#take('views') ? 'SHOW_VIEWS' : undefined;
    if (listing) {
      const database = this.#take('in') || this.#take('from') ? this.#name().name : undefined;
      return this.#end({ type: listing, database, pattern: this.#pattern() });
    }
    if (this.#take('columns')) return this.#showColumns();
    if (this.#take('partitions')) return this.#end({ type: 'SHOW_PARTITIONS', table: this.#name() });
    if (this.#take('tblproperties')) return this.#showProperties();
    if (this.#take('create')) {
      const type = this.#take('view') ? 'SHOW_CREATE_VIEW' : 'SHOW_CREATE_TABLE';
      if (type === 'SHOW_CREATE_TABLE') this.#must('table');
      return this.#end({ type, table: this.#name() });
    }
    return { type: 'UNSUPPORTED', what: `SHOW ${this.#peek()?.text.toUpperCase() ?? ''}`.trim() };
  }

  #showColumns(): Statement {
    if (!this.#take('in')) this.#must('from');
    const table = this.#name();
    if (this.#take('in') || this.#take('from')) table.schema = this.#name().name;
    return this.#end({ type: 'SHOW_COLUMNS', table });
  }

  #showProperties(): Statement {
    const table = this.#name();
    const property = this.#take('(') ? this.#string() : undefined;
    if (property !== undefined) this.#must(')');
    return this.#end({ type: 'SHOW_TBLPROPERTIES', table, property });
  }

  #describe(): Statement {
    if (!this.#take('extended')) this.#take('formatted');
    return this.#end({ type: 'DESCRIBE', table: this.#name() });
  }

  #create(): Statement {
    const orReplace = this.#take('or') && this.#must('replace');
    if (this.#take('view')) {
      const table = this.#name();
      this.#must('as');
      return { type: 'CREATE_VIEW', table, orReplace, query: this.#rest() };
    }
    if (this.#take('database') || this.#take('schema')) return this.#createDatabase();
    if (this.#take('external')) {
      this.#must('table');
      return { type: 'CREATE_TABLE', isExternal: true, tokens: this.#tokens.slice(this.#at) };
    }
    this.#must('table');
    const start = this.#at;
    const ifNotExists = this.#ifNotExists();
    const table = this.#name();
    const properties = this.#take('with') ? this.#withProperties() : {};
    if (!this.#take('as')) return { type: 'CREATE_TABLE', isExternal: false, tokens: this.#tokens.slice(start) };
    return this.#createTableAs(table, ifNotExists, properties);
  }

  #createTableAs(table: QualifiedName, ifNotExists: boolean, properties: Record<string, string | string[]>): Statement {
    const lastWords = this.#tokens.slice(-3).map((token) => token.value);
    const withData = lastWords.join(' ') !== 'with no data';
    const dropped = !withData ? 3 : lastWords.slice(-2).join(' ') === 'with data' ? 2 : 0;
    const end = this.#tokens.at(-1 - dropped) as Token;
    const query = this.#inner(this.#peek()?.start ?? end.end, end.end);
    return { type: 'CREATE_TABLE_AS_SELECT', table, ifNotExists, properties, query, withData };
  }

  #createDatabase(): Statement {
    const ifNotExists = this.#ifNotExists();
    const { name } = this.#name();
    const comment = this.#take('comment') ? this.#string() : undefined;
    const location = this.#take('location') ? this.#string() : undefined;
    const properties = this.#take('with') && this.#must('dbproperties') ? this.#textProperties() : {};
    return this.#end({ type: 'CREATE_DATABASE', name, ifNotExists, comment, location, properties });
  }

  #drop(): Statement {
    const type = this.#take('table') ? 'DROP_TABLE' : this.#take('view') ? 'DROP_VIEW' : undefined;
    if (type) {
      const ifExists = this.#ifExists();
      return this.#end({ type, table: this.#name(), ifExists });
    }
    if (!this.#take('schema')) this.#must('database');
    const ifExists = this.#ifExists();
    const { name } = this.#name();
    const cascade = this.#take('cascade');
    if (!cascade) this.#take('restrict');
    return this.#end({ type: 'DROP_DATABASE', name, ifExists, cascade });
  }

  #insert(): Statement {
    this.#must('into');
    const table = this.#name();
    const isColumnList =
      isToken(this.#peek(), '(') && !isToken(this.#tokens[this.#at + 1], 'select', 'with', 'values', '(');
    const columns = isColumnList ? this.#nameList() : undefined;
    return { type: 'INSERT', table, columns, query: this.#innerRest() };
  }

  #unload(): Statement {
    const open = this.#at;
    this.#must('(');
    const close = closingIndex(this.#tokens, open);
    const query = this.#inner(this.#tokens[open]?.end ?? 0, this.#tokens[close]?.start);
    this.#at = close + 1;
    this.#must('to');
    const location = this.#string();
    const properties = this.#take('with') ? this.#withProperties() : {};
    return this.#end({ type: 'UNLOAD', query, location, properties });
  }

  #alter(): Statement {
    if (!this.#take('table'))
      return { type: 'UNSUPPORTED', what: `ALTER ${this.#peek()?.text.toUpperCase() ?? ''}`.trim() };
    const nameStart = this.#at;
    const table = this.#name();
    const tokenBefore = this.#tokens.slice(nameStart, this.#at);
    if (this.#take('add') && isToken(this.#peek(), 'if', 'partition')) {
      const ifNotExists = this.#ifNotExists();
      return this.#end({ type: 'ADD_PARTITION', table, ifNotExists, partitions: this.#partitions() });
    }
    if (this.#take('drop')) {
      const ifExists = this.#ifExists();
      return this.#end({ type: 'DROP_PARTITION', table, ifExists, partitions: this.#partitions() });
    }
    return this.#alterTable(table, tokenBefore);
  }

  #alterTable(table: QualifiedName, name: Token[]): Statement {
    if (isToken(this.#tokens[this.#at - 1], 'add') && this.#take('columns'))
      return this.#columns('ADD_COLUMNS', table, name);
    if (this.#take('replace')) {
      this.#must('columns');
      return this.#columns('REPLACE_COLUMNS', table, name);
    }
    if (this.#take('set')) {
      if (this.#take('location')) return this.#end({ type: 'SET_LOCATION', table, location: this.#string() });
      this.#must('tblproperties');
      return this.#end({ type: 'SET_TBLPROPERTIES', table, properties: this.#textProperties() });
    }
    if (this.#take('partition')) return this.#alterPartition(table, { values: this.#textProperties() });
    return { type: 'UNSUPPORTED', what: `ALTER TABLE … ${this.#peek()?.text.toUpperCase() ?? ''}`.trim() };
  }

  #columns(type: 'ADD_COLUMNS' | 'REPLACE_COLUMNS', table: QualifiedName, name: Token[]): Statement {
    return { type, table, columns: parseCreateTable([...name, ...this.#tokens.slice(this.#at)]).columns };
  }

  #alterPartition(table: QualifiedName, partition: PartitionSpec): Statement {
    if (this.#take('rename')) {
      this.#must('to');
      this.#must('partition');
      return this.#end({ type: 'RENAME_PARTITION', table, from: partition, to: { values: this.#textProperties() } });
    }
    this.#must('set');
    this.#must('location');
    return this.#end({ type: 'SET_LOCATION', table, partition, location: this.#string() });
  }

  /** `EXPLAIN ANALYZE VERBOSE (TYPE DISTRIBUTED, FORMAT JSON) SELECT …` */
  #explain(): Statement {
    const analyze = this.#take('analyze');
    if (analyze) this.#take('verbose');
    const options: Record<string, string> = { type: analyze ? 'DISTRIBUTED' : 'LOGICAL', format: 'TEXT' };
    if (isToken(this.#peek(), '(') && isToken(this.#tokens[this.#at + 1], 'type', 'format')) {
      this.#must('(');
      do {
        const option = this.#next().value;
        options[option] = this.#next().text.toUpperCase();
      } while (this.#take(','));
      this.#must(')');
    }
    if (!isToken(this.#peek(), 'select', 'with', 'values', 'table', '('))
      return { type: 'UNSUPPORTED', what: `EXPLAIN of ${this.#peek()?.text.toUpperCase() ?? 'nothing'}` };
    return {
      type: 'EXPLAIN',
      analyze,
      kind: options.type as string,
      format: options.format as string,
      query: this.#innerRest(),
    };
  }

  #execute(): Statement {
    const { name } = this.#name();
    const parameters: string[] = [];
    if (this.#take('using')) {
      let start = this.#at;
      for (; this.#at <= this.#tokens.length; this.#at++) {
        const token = this.#peek();
        if (token && !isToken(token, ',')) continue;
        const [first, last] = [this.#tokens[start], this.#tokens[this.#at - 1]];
        if (!first || !last || last.end < first.start)
          throw mismatchedInput(token?.text ?? '<EOF>', token ?? { line: 1, column: 1 });
        parameters.push(this.#sql.slice(first.start, last.end));
        start = this.#at + 1;
        if (!token) break;
      }
    }
    return this.#end({ type: 'EXECUTE', name, parameters });
  }

  #partitions(): PartitionSpec[] {
    const partitions: PartitionSpec[] = [];
    while (this.#take('partition')) {
      const values = this.#textProperties();
      partitions.push({ values, location: this.#take('location') ? this.#string() : undefined });
      this.#take(',');
    }
    if (partitions.length === 0) this.#must('partition');
    return partitions;
  }

  /** `(key = 'value', …)`; keys may be names or strings, values strings or numbers. */
  #textProperties(): Record<string, string> {
    const properties: Record<string, string> = {};
    this.#must('(');
    do {
      const key = this.#next();
      this.#must('=');
      properties[key.value] = this.#next().value;
    } while (this.#take(','));
    this.#must(')');
    return properties;
  }

  /** `(format = 'PARQUET', partitioned_by = ARRAY['a', 'b'], bucket_count = 3)` */
  #withProperties(): Record<string, string | string[]> {
    const properties: Record<string, string | string[]> = {};
    this.#must('(');
    do {
      const key = this.#next().value.toLowerCase();
      this.#must('=');
      properties[key] = this.#take('array') ? this.#stringArray() : this.#next().value;
    } while (this.#take(','));
    this.#must(')');
    return properties;
  }

  #stringArray(): string[] {
    this.#must('[');
    const items: string[] = [];
    while (!this.#take(']')) {
      items.push(this.#string());
      this.#take(',');
    }
    return items;
  }

  #nameList(): string[] {
    this.#must('(');
    const names: string[] = [];
    do {
      names.push(this.#next().value.toLowerCase());
    } while (this.#take(','));
    this.#must(')');
    return names;
  }

  #pattern(): string | undefined {
    if (this.#take('like')) return this.#string();
    return this.#peek()?.type === 'string' ? this.#string() : undefined;
  }

  #ifNotExists(): boolean {
    return this.#take('if') && this.#must('not') && this.#must('exists');
  }

  #ifExists(): boolean {
    return this.#take('if') && this.#must('exists');
  }

  #name(): QualifiedName {
    const parts: string[] = [];
    do {
      const token = this.#next();
      if (!isName(token)) throw mismatchedInput(token.text, token);
      parts.push(token.value.toLowerCase());
    } while (this.#take('.'));
    const [name, schema, catalog] = parts.reverse();
    return { catalog, schema, name: name as string };
  }

  #string(): string {
    const token = this.#next();
    if (token.type !== 'string') throw mismatchedInput(token.text, token);
    return token.value;
  }

  /** The text from here to the end. */
  #rest(): string {
    const first = this.#next();
    return this.#sql.slice(first.start, this.#tokens.at(-1)?.end);
  }

  /** A query inside the statement, at its own place: what stands before it is blank, so that errors name that place. */
  #inner(start: number, end: number | undefined): string {
    return this.#sql.slice(0, start).replace(/[^\n]/g, ' ') + this.#sql.slice(start, end);
  }

  #innerRest(): string {
    const first = this.#next();
    return this.#inner(first.start, this.#tokens.at(-1)?.end);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token) return token;
    const last = this.#tokens.at(-1);
    throw mismatchedInput(
      '<EOF>',
      last ? { line: last.line, column: last.column + last.text.length } : { line: 1, column: 1 },
    );
  }

  #take(value: string): boolean {
    if (!isToken(this.#peek(), value)) return false;
    this.#at += 1;
    return true;
  }

  #must(value: string): true {
    const token = this.#next();
    if (!isToken(token, value))
      throw new SqlError(
        'MISMATCHED_INPUT',
        `mismatched input '${token.text}'. Expecting: '${value.toUpperCase()}'`,
        token,
      );
    return true;
  }

  #end(statement: Statement): Statement {
    const token = this.#peek();
    if (token) throw mismatchedInput(token.text, token);
    return statement;
  }
}
