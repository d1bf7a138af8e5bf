import { mismatchedInput, SqlError } from './sql-error.ts';
import type { QualifiedName } from './statement.ts';
import { isName, isToken, type Token } from './tokenize.ts';

export interface ColumnDefinition {
  name: string;
  /** Hive's type, without spaces: `array<struct<a:int>>`. */
  type: string;
  comment?: string;
}

/** https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
export interface CreateTable {
  table: QualifiedName;
  ifNotExists: boolean;
  columns: ColumnDefinition[];
  partitionColumns: ColumnDefinition[];
  comment?: string;
  /** `ROW FORMAT SERDE 'class' WITH SERDEPROPERTIES (…)` */
  serde?: { library: string; properties: Record<string, string> };
  /** `ROW FORMAT DELIMITED …`, as the properties that LazySimpleSerDe has for it. */
  delimited?: Record<string, string>;
  /** `STORED AS PARQUET`: in upper case. */
  storedAs?: string;
  location?: string;
  properties: Record<string, string>;
}

/** Reads what follows CREATE EXTERNAL TABLE; this is Hive's grammar, where names may stand in backquotes. */
export function parseCreateTable(tokens: Token[]): CreateTable {
  return new CreateTableReader(tokens).read();
}

class CreateTableReader {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  read(): CreateTable {
    const ifNotExists = this.#takeAll('if', 'not', 'exists');
    const table = this.#qualifiedName();
    const definition: CreateTable = { table, ifNotExists, columns: [], partitionColumns: [], properties: {} };
    if (isToken(this.#peek(), '(')) definition.columns = this.#columns();
    while (this.#peek()) this.#clause(definition);
    return definition;
  }

  #clause(definition: CreateTable): void {
    if (this.#takeAll('comment')) definition.comment = this.#string();
    else if (this.#takeAll('partitioned', 'by')) definition.partitionColumns = this.#columns();
    else if (this.#takeAll('row', 'format', 'serde')) definition.serde = this.#serde();
    else if (this.#takeAll('row', 'format', 'delimited')) definition.delimited = this.#delimited();
    else if (this.#takeAll('with', 'serdeproperties'))
      definition.delimited = { ...definition.delimited, ...this.#properties() };
    else if (this.#takeAll('stored', 'as', 'inputformat')) this.#inputFormat();
    else if (this.#takeAll('stored', 'as')) definition.storedAs = this.#next().value.toUpperCase();
    else if (this.#takeAll('location')) definition.location = this.#string();
    else if (this.#takeAll('tblproperties')) definition.properties = this.#properties();
    else this.#refuse();
  }

  #refuse(): never {
    const token = this.#next();
    if (isToken(token, 'clustered'))
      throw new SqlError('NOT_SUPPORTED', 'CLUSTERED BY is not supported by the local lake', token);
    throw mismatchedInput(token.text, token);
  }

  /** The classes follow from the SerDe; those named here are read over. */
  #inputFormat(): void {
    this.#string();
    if (this.#takeAll('outputformat')) this.#string();
  }

  #serde(): { library: string; properties: Record<string, string> } {
    const library = this.#string();
    return { library, properties: this.#takeAll('with', 'serdeproperties') ? this.#properties() : {} };
  }

  #delimited(): Record<string, string> {
    const found: Record<string, string> = {};
    for (;;) {
      if (this.#takeAll('fields', 'terminated', 'by')) found['field.delim'] = this.#string();
      else if (this.#takeAll('escaped', 'by')) found['escape.delim'] = this.#string();
      else if (this.#takeAll('collection', 'items', 'terminated', 'by')) found['collection.delim'] = this.#string();
      else if (this.#takeAll('map', 'keys', 'terminated', 'by')) found['mapkey.delim'] = this.#string();
      else if (this.#takeAll('lines', 'terminated', 'by')) found['line.delim'] = this.#string();
      else if (this.#takeAll('null', 'defined', 'as')) found['serialization.null.format'] = this.#string();
      else return found;
    }
  }

  #columns(): ColumnDefinition[] {
    this.#must('(');
    const columns: ColumnDefinition[] = [];
    do {
      const name = this.#next();
      if (!isName(name)) throw mismatchedInput(name.text, name);
      const type = this.#type();
      columns.push({
        name: name.value.toLowerCase(),
        type,
        comment: this.#takeAll('comment') ? this.#string() : undefined,
      });
    } while (this.#takeAll(','));
    this.#must(')');
    return columns;
  }

  /** Everything up to the comma, bracket or COMMENT that ends the column. */
  #type(): string {
    let depth = 0;
    let type = '';
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (depth === 0 && isToken(token, ',', ')', 'comment')) break;
      if (isToken(token, '<', '(')) depth += 1;
      if (isToken(token, '>', ')')) depth -= 1;
      if (isToken(token, '>>')) depth -= 2;
      type += token.type === 'backquoted' ? token.value : token.text.toLowerCase();
      this.#at += 1;
    }
    if (type === '') this.#refuse();
    return type;
  }

  #properties(): Record<string, string> {
    const properties: Record<string, string> = {};
    this.#must('(');
    do {
      const key = this.#string();
      this.#must('=');
      properties[key] = this.#string();
    } while (this.#takeAll(','));
    this.#must(')');
    return properties;
  }

  #qualifiedName(): QualifiedName {
    const parts: string[] = [];
    do {
      const token = this.#next();
      if (!isName(token)) throw mismatchedInput(token.text, token);
      // Hive's clients also write `db.table` in one pair of backquotes.
      parts.push(...token.value.toLowerCase().split(token.type === 'backquoted' ? '.' : '\0'));
    } while (this.#takeAll('.'));
    const [name, schema, catalog] = parts.reverse();
    return { catalog, schema, name: name as string };
  }

  /** Hive's strings know escapes: '\t', '\001', '\\'. */
  #string(): string {
    const token = this.#next();
    if (token.type !== 'string' && token.type !== 'quoted') throw mismatchedInput(token.text, token);
    return token.value.replace(/\\(?:([0-7]{3})|u([0-9a-fA-F]{4})|(.))/gs, (_whole, octal, unicode, letter) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
      if (unicode) return String.fromCharCode(Number.parseInt(unicode, 16));
      return ESCAPES[letter] ?? letter;
    });
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

  #takeAll(...values: string[]): boolean {
    if (!values.every((value, index) => isToken(this.#tokens[this.#at + index], value))) return false;
    this.#at += values.length;
    return true;
  }

  #must(value: string): void {
    const token = this.#next();
    if (!isToken(token, value)) throw mismatchedInput(token.text, token);
  }
}

const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', '0': '\0' };
