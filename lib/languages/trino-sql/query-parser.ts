import { ExpressionParser } from './expression-parser.ts';
import { SqlError } from './sql-error.ts';
import type {
  Expression,
  GroupBy,
  GroupingElement,
  Identifier,
  JoinKind,
  NamedQuery,
  Query,
  QueryBody,
  Relation,
  Select,
  SelectItem,
} from './syntax.ts';

/** Parses one query of Trino's SQL, whole. Throws Trino's error for the first token that cannot stand where it is. */
export function parseQuery(sql: string): Query {
  try {
    return new QueryParser(sql).whole();
  } catch (error) {
    // What is nested too deeply exhausts the stack, in Trino too.
    if (!(error instanceof RangeError)) throw error;
    throw new SqlError('STACK_OVERFLOW', 'statement is too large (stack overflow while parsing)');
  }
}

class QueryParser extends ExpressionParser {
  whole(): Query {
    const query = this.query();
    this.take(';');
    if (this.peek()) throw this.mismatched('<EOF>');
    return query;
  }

  query(): Query {
    const at = this.at();
    const recursive = this.is('with') && this.isNext(1, 'recursive');
    const named = this.take('with') ? this.#named() : [];
    const body = this.#body();
    const query: Query = { at, with: named, recursive, body, orderBy: [] };
    if (this.takePhrase('order', 'by')) query.orderBy = this.sortItems();
    if (this.take('offset')) {
      query.offset = this.#count();
      if (!this.take('row')) this.take('rows');
    }
    if (this.take('limit')) query.limit = this.take('all') ? undefined : this.#count();
    else if (this.take('fetch')) this.#fetch(query);
    return query;
  }

  #count(): Expression {
    const at = this.at();
    const token = this.next('<integer>');
    if (token.type === 'parameter') return { at, type: 'parameter' };
    if (token.type === 'number' && /^\d+$/.test(token.text)) return { at, type: 'number', text: token.text };
    this.index -= 1;
    throw this.mismatched("'ALL', <integer>");
  }

  #fetch(query: Query): void {
    if (!this.take('first')) this.must('next');
    query.limit = this.is('row', 'rows') ? { at: this.at(), type: 'number', text: '1' } : this.#count();
    if (!this.take('row')) this.must('rows');
    if (this.take('with', 'ties')) query.withTies = true;
    else this.must('only');
  }

  #named(): NamedQuery[] {
    this.take('recursive');
    return this.commaList(() => {
      const name = this.identifier();
      const columns = this.is('(') ? this.#names() : undefined;
      this.must('as');
      return { name, columns, query: this.inBrackets(() => this.query()) };
    });
  }

  #names(): Identifier[] {
    return this.inBrackets(() => this.commaList(() => this.identifier()));
  }

  #body(): QueryBody {
    return this.#setOperations(['union', 'except'], () => this.#setOperations(['intersect'], () => this.#term()));
  }

  #setOperations(operators: string[], read: () => QueryBody): QueryBody {
    let left = read();
    for (;;) {
      const at = this.at();
      const operator = this.takeOne(...operators)?.toUpperCase() as 'UNION' | 'INTERSECT' | 'EXCEPT' | undefined;
      if (!operator) return left;
      const all = this.take('all');
      if (!all) this.take('distinct');
      left = { at, type: 'set', operator, all, left, right: read() };
    }
  }

  #term(): QueryBody {
    const at = this.at();
    if (this.take('select')) return { at, type: 'select', select: this.#select() };
    if (this.take('values')) return { at, type: 'values', rows: this.commaList(() => this.expression()) };
    if (this.take('table')) return { at, type: 'table', name: this.qualifiedName() };
    if (this.is('(')) return { at, type: 'query', query: this.inBrackets(() => this.query()) };
    throw this.mismatched("'(', 'SELECT', 'TABLE', 'VALUES'");
  }

  #select(): Select {
    const distinct = this.take('distinct');
    if (!distinct) this.take('all');
    const items = this.#items();
    const select: Select = { distinct, items, windows: [] };
    if (this.take('from')) select.from = this.#from();
    if (this.take('where')) select.where = this.expression();
    if (this.takePhrase('group', 'by')) select.groupBy = this.#groupBy();
    if (this.take('having')) select.having = this.expression();
    if (this.take('window')) {
      select.windows = this.commaList(() => {
        const name = this.identifier();
        this.must('as');
        return { name, window: this.inBrackets(() => this.windowSpecification()) };
      });
    }
    return select;
  }

  #items(): SelectItem[] {
    if (!this.is('*') && !this.#startsExpression()) throw this.mismatched("'*', 'ALL', 'DISTINCT', <expression>");
    return this.commaList(() => this.#item());
  }

  #startsExpression(): boolean {
    return !this.is('from', 'where', 'group', 'having', 'order', ',', ')') && this.peek() !== undefined;
  }

  #item(): SelectItem {
    const at = this.at();
    if (this.take('*')) return { type: 'all', at };
    const expression = this.expression();
    if (this.take('.', '*')) {
      const aliases = this.is('as') && this.isNext(1, '(') && this.take('as') ? this.#names() : undefined;
      return { type: 'all', of: expression, aliases, at };
    }
    const alias = this.take('as') || this.isIdentifier() ? this.identifier() : undefined;
    return { type: 'expression', expression, alias };
  }

  #groupBy(): GroupBy {
    const distinct = this.take('distinct');
    if (!distinct) this.take('all');
    return { distinct, elements: this.commaList(() => this.#groupingElement()) };
  }

  #groupingElement(): GroupingElement {
    const kind = this.takeOne('rollup', 'cube') as 'rollup' | 'cube' | undefined;
    if (kind) {
      return {
        type: kind,
        expressions: this.inBrackets(() => (this.is(')') ? [] : this.commaList(() => this.#groupingSet()))),
      };
    }
    if (this.take('grouping', 'sets')) {
      return { type: 'sets', sets: this.inBrackets(() => this.commaList(() => this.#groupingSet())) };
    }
    return { type: 'simple', expressions: this.#groupingSet() };
  }

  #groupingSet(): Expression[] {
    if (this.areNext('(', ')')) {
      this.must('(', ')');
      return [];
    }
    const expression = this.expression();
    return expression.type === 'row' ? expression.items : [expression];
  }

  #from(): Relation {
    const at = this.at();
    let left = this.#relation();
    while (this.take(',')) left = { at, type: 'join', kind: 'CROSS', left, right: this.#relation() };
    return left;
  }

  #relation(): Relation {
    const at = this.at();
    let left = this.#sampled();
    for (;;) {
      const joined = this.#join(left, at);
      if (!joined) return left;
      left = joined;
    }
  }

  #join(left: Relation, at: Relation['at']): Relation | undefined {
    if (this.take('cross', 'join')) return { at, type: 'join', kind: 'CROSS', left, right: this.#sampled() };
    const natural = this.take('natural');
    const kind = this.#joinKind();
    if (!kind) return undefined;
    if (natural) return { at, type: 'join', kind, left, right: this.#sampled(), natural };
    const right = this.#relation();
    if (this.take('on')) return { at, type: 'join', kind, left, right, on: this.expression() };
    if (this.take('using')) return { at, type: 'join', kind, left, right, using: this.#names() };
    throw this.mismatched("'ON', 'USING'");
  }

  #joinKind(): JoinKind | undefined {
    if (this.take('join') || this.take('inner', 'join')) return 'INNER';
    for (const side of ['left', 'right', 'full'] as const) {
      if (this.take(side, 'join') || this.take(side, 'outer', 'join')) return side.toUpperCase() as JoinKind;
    }
    return undefined;
  }

  #sampled(): Relation {
    const at = this.at();
    const of = this.#aliased();
    if (!this.take('tablesample')) return of;
    const method = this.takeOne('bernoulli', 'system');
    if (!method) throw this.mismatched("'BERNOULLI', 'SYSTEM'");
    const percentage = this.inBrackets(() => this.expression());
    return { at, type: 'sample', of, method: method.toUpperCase() as 'BERNOULLI' | 'SYSTEM', percentage };
  }

  #aliased(): Relation {
    const at = this.at();
    const of = this.#primaryRelation();
    if (this.is('match_recognize') && this.isNext(1, '(')) return this.#refused('MATCH_RECOGNIZE');
    if (!this.is('as') && !this.#isAlias()) return of;
    this.take('as');
    const alias = this.identifier();
    const columns = this.is('(') ? this.#names() : undefined;
    return { at, type: 'alias', of, alias, columns };
  }

  #isAlias(): boolean {
    return this.isIdentifier() && !this.is('tablesample', 'window', 'offset', 'limit', 'fetch', 'match_recognize');
  }

  #primaryRelation(): Relation {
    const at = this.at();
    if (this.take('unnest')) {
      const expressions = this.inBrackets(() => this.commaList(() => this.expression()));
      return { at, type: 'unnest', expressions, ordinality: this.take('with', 'ordinality') };
    }
    if (this.is('lateral') && this.isNext(1, '(')) {
      this.must('lateral');
      return { at, type: 'subquery', query: this.inBrackets(() => this.query()), lateral: true };
    }
    if (this.is('table') && this.isNext(1, '(')) return this.#refused('TABLE(…)');
    if (this.is('json_table')) return this.#refused('JSON_TABLE');
    if (this.is('(')) return this.#bracketRelation(at);
    const name = this.qualifiedName();
    if (this.is('(')) throw this.mismatched();
    if (this.is('for') && this.isNext(1, 'timestamp', 'version', 'system_time', 'system_version')) {
      return this.#refused('FOR TIMESTAMP AS OF and FOR VERSION AS OF');
    }
    return { at, type: 'table', name };
  }

  #bracketRelation(at: Relation['at']): Relation {
    const start = this.index;
    if (this.isQueryStart()) {
      try {
        return { at, type: 'subquery', query: this.inBrackets(() => this.query()), lateral: false };
      } catch (error) {
        // `((SELECT 1) a JOIN b …)` starts as a query does.
        if (!this.isNext(start - this.index + 1, '(')) throw error;
        this.index = start;
      }
    }
    return this.inBrackets(() => this.#relation());
  }

  #refused(what: string): never {
    throw new SqlError('NOT_SUPPORTED', `${what} is not supported by the local engine`, this.at());
  }
}
