import { SqlError, type SqlPosition } from './sql-error.ts';
import type { Call, Expression, Frame, FrameBound, Identifier, Query, SortItem, TypeName, Window } from './syntax.ts';
import { TypeParser } from './type-parser.ts';

const COMPARISONS = ['=', '<>', '!=', '<', '<=', '>', '>='];

const INTERVAL_FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** Nesting beyond this is refused, as it would exhaust the stack. */
const MAX_DEPTH = 400;

/** Reads Trino's expressions: https://trino.io/docs/current/language.html */
export abstract class ExpressionParser extends TypeParser {
  #depth = 0;

  abstract query(): Query;

  expression(): Expression {
    if (++this.#depth > MAX_DEPTH)
      throw new SqlError('STACK_OVERFLOW', 'statement is too large (stack overflow during analysis)', this.at());
    try {
      return this.#or();
    } finally {
      this.#depth -= 1;
    }
  }

  #or(): Expression {
    return this.#logical('OR', () => this.#and());
  }

  #and(): Expression {
    return this.#logical('AND', () => this.#not());
  }

  #logical(operator: 'AND' | 'OR', read: () => Expression): Expression {
    const at = this.at();
    const terms = [read()];
    while (this.take(operator.toLowerCase())) terms.push(read());
    return terms.length === 1 ? (terms[0] as Expression) : { at, type: 'logical', operator, terms };
  }

  #not(): Expression {
    const at = this.at();
    if (!this.take('not')) return this.#predicate();
    return { at, type: 'not', of: this.#not() };
  }

  #predicate(): Expression {
    let left = this.#value();
    for (;;) {
      const next = this.#predicateOn(left);
      if (!next) return left;
      left = next;
    }
  }

  #predicateOn(left: Expression): Expression | undefined {
    const at = this.at();
    const comparison = this.takeOne(...COMPARISONS);
    if (comparison) return this.#comparison(left, comparison === '!=' ? '<>' : comparison, at);
    if (this.take('is')) return this.#is(left, at);
    const negated = this.is('not') && this.isNext(1, 'between', 'in', 'like') && this.take('not');
    if (this.take('between')) {
      const low = this.#value();
      this.must('and');
      return { at, type: 'between', of: left, low, high: this.#value(), negated };
    }
    if (this.take('in')) return this.#in(left, at, negated);
    if (this.take('like')) {
      const pattern = this.#value();
      const escaping = this.take('escape') ? this.#value() : undefined;
      return { at, type: 'like', of: left, pattern, escape: escaping, negated };
    }
    return undefined;
  }

  #comparison(left: Expression, operator: string, at: SqlPosition): Expression {
    const quantifier =
      this.is('all', 'some', 'any') && this.isNext(1, '(') ? this.takeOne('all', 'some', 'any') : undefined;
    if (!quantifier) return { at, type: 'binary-operation', operator, left, right: this.#value() };
    const query = this.inBrackets(() => this.query());
    return { at, type: 'quantified', operator, of: left, quantifier: quantifier === 'all' ? 'ALL' : 'ANY', query };
  }

  #is(left: Expression, at: SqlPosition): Expression {
    const negated = this.take('not');
    if (this.take('null')) return { at, type: 'is-null', of: left, negated };
    this.must('distinct', 'from');
    return { at, type: 'is-distinct', left, right: this.#value(), negated };
  }

  #in(of: Expression, at: SqlPosition, negated: boolean): Expression {
    this.must('(');
    if (this.isQueryStart()) {
      const query = this.query();
      this.must(')');
      return { at, type: 'in', of, query, negated };
    }
    const items = this.commaList(() => this.expression());
    this.must(')');
    return { at, type: 'in', of, items, negated };
  }

  /** Whether a query, and not an expression, begins here; `((SELECT 1))` is one as well. */
  protected isQueryStart(): boolean {
    let ahead = 0;
    while (this.isNext(ahead, '(')) ahead += 1;
    if (this.isNext(ahead, 'with') || this.isNext(ahead, 'select')) return true;
    if (this.isNext(ahead, 'values')) return true;
    return this.isNext(ahead, 'table') && this.isIdentifier(ahead + 1);
  }

  /** `+`, `-`, `*`, `/`, `%`, `||`, AT TIME ZONE. */
  #value(): Expression {
    return this.#binary(['||'], () =>
      this.#binary(['+', '-'], () => this.#binary(['*', '/', '%'], () => this.#signed())),
    );
  }

  #binary(operators: string[], read: () => Expression): Expression {
    let left = read();
    for (;;) {
      const at = this.at();
      const operator = this.takeOne(...operators);
      if (!operator) return left;
      left = { at, type: 'binary-operation', operator, left, right: read() };
    }
  }

  #signed(): Expression {
    const at = this.at();
    const sign = this.takeOne('+', '-') as '+' | '-' | undefined;
    if (sign) return { at, type: 'sign', sign, of: this.#signed() };
    let of = this.#postfix();
    while (this.is('at') && this.isNext(1, 'time') && this.isNext(2, 'zone')) {
      const zoneAt = this.at();
      this.must('at', 'time', 'zone');
      of = { at: zoneAt, type: 'at-time-zone', of, zone: this.#postfix() };
    }
    return of;
  }

  #postfix(): Expression {
    const at = this.at();
    let of = this.#primary();
    for (;;) {
      if (this.take('[')) {
        const index = this.expression();
        this.must(']');
        of = { at, type: 'subscript', of, index };
      } else if (this.is('.') && this.isIdentifier(1)) {
        this.must('.');
        of = { at, type: 'field', of, name: this.identifier() };
      } else return of;
    }
  }

  #primary(): Expression {
    const at = this.at();
    const token = this.peek();
    if (!token) throw this.mismatched('<expression>');
    switch (token.type) {
      case 'number':
        return this.#number(at);
      case 'string':
        this.next();
        return { at, type: 'string', value: token.value };
      case 'parameter':
        this.next();
        return { at, type: 'parameter' };
      case 'quoted':
        return this.#named(at);
      case 'symbol':
        if (token.value === '(') return this.#bracket(at);
        throw this.mismatched('<expression>');
      case 'backquoted':
        this.identifier();
        throw this.mismatched();
      default:
        return this.#word(at, token.value);
    }
  }

  #number(at: SqlPosition): Expression {
    const token = this.next();
    const next = this.peek();
    if (next?.type === 'word' && next.start === token.end) {
      const message = 'identifiers must not start with a digit; surround the identifier with double quotes';
      throw new SqlError('MISMATCHED_INPUT', message, at);
    }
    return { at, type: 'number', text: token.text.replaceAll('_', '') };
  }

  /** `(x)`, `(x, y)`, `(SELECT …)`, `(x, y) -> …`, `() -> …` */
  #bracket(at: SqlPosition): Expression {
    if (this.#isLambda()) return this.#lambda(at);
    if (this.isQueryStart()) {
      const query = this.inBrackets(() => this.query());
      return { at, type: 'subquery', query };
    }
    const items = this.inBrackets(() => this.commaList(() => this.expression()));
    return items.length === 1 ? (items[0] as Expression) : { at, type: 'row', items };
  }

  #isLambda(): boolean {
    let ahead = 1;
    if (this.isNext(ahead, ')')) return this.isNext(ahead + 1, '->');
    for (;;) {
      if (!this.isIdentifier(ahead)) return false;
      if (this.isNext(ahead + 1, ')')) return this.isNext(ahead + 2, '->');
      if (!this.isNext(ahead + 1, ',')) return false;
      ahead += 2;
    }
  }

  #lambda(at: SqlPosition): Expression {
    this.must('(');
    const parameters: Identifier[] = this.is(')') ? [] : this.commaList(() => this.identifier());
    this.must(')', '->');
    return { at, type: 'lambda', parameters, body: this.expression() };
  }

  #word(at: SqlPosition, word: string): Expression {
    switch (word) {
      case 'null':
      case 'true':
      case 'false':
        this.next();
        return { at, type: word };
      case 'case':
        return this.#case(at);
      case 'cast':
      case 'try_cast':
        if (this.isNext(1, '(')) return this.#cast(at, word === 'try_cast');
        break;
      case 'exists':
        this.next();
        return { at, type: 'exists', query: this.inBrackets(() => this.query()) };
      case 'extract':
        return this.#extract(at);
      case 'array':
        if (this.isNext(1, '[')) return this.#array(at);
        break;
      case 'row':
        if (this.isNext(1, '(')) {
          this.next();
          return { at, type: 'row', items: this.inBrackets(() => this.commaList(() => this.expression())) };
        }
        break;
      case 'interval':
        if (this.peek(1)?.type === 'string' || this.isNext(1, '+', '-')) return this.#interval(at);
        break;
      case 'grouping':
        this.next();
        return { at, type: 'grouping', columns: this.inBrackets(() => this.commaList(() => this.expression())) };
      case 'x':
        if (this.peek(1)?.type === 'string' && this.peek(1)?.start === this.peek()?.end) return this.#binaryLiteral(at);
        break;
      case 'trim':
        return this.#trim(at);
      case 'substring':
      case 'position':
      case 'normalize':
        if (this.isNext(1, '(')) return this.#wordyCall(at, word);
        break;
      case 'json_exists':
      case 'json_value':
      case 'json_query':
      case 'json_object':
      case 'json_array':
        return { at, type: 'json', json: this.jsonCall(word) };
      case 'current_date':
      case 'current_time':
      case 'current_timestamp':
      case 'localtime':
      case 'localtimestamp':
      case 'current_user':
      case 'current_catalog':
      case 'current_schema':
        return this.#moment(at, word);
      case 'listagg':
        return this.#call(at, [this.#keywordName()]);
    }
    const typed = this.#typedLiteral(at);
    if (typed) return typed;
    if (this.isIdentifier() && this.isNext(1, '->')) {
      const parameter = this.identifier();
      this.must('->');
      return { at, type: 'lambda', parameters: [parameter], body: this.expression() };
    }
    return this.#named(at);
  }

  #keywordName(): Identifier {
    const token = this.next();
    return { name: token.text, quoted: false, at: { line: token.line, column: token.column } };
  }

  /** A column or a call. */
  #named(at: SqlPosition): Expression {
    if (!this.isIdentifier()) {
      if (this.peek()?.type === 'word' && this.peek()?.value === 'distinct') throw this.mismatched('<expression>');
      throw this.mismatched('<expression>');
    }
    let ahead = 0;
    while (this.isNext(ahead + 1, '.') && this.isIdentifier(ahead + 2)) ahead += 2;
    if (this.isNext(ahead + 1, '(')) return this.#call(at, this.qualifiedName());
    return { at, type: 'column', name: this.identifier() };
  }

  #call(at: SqlPosition, name: Identifier[]): Expression {
    this.must('(');
    const call: Call = { name, args: [], distinct: false, star: false, orderBy: [] };
    if (this.take('*')) call.star = true;
    else if (!this.is(')')) {
      call.distinct = this.take('distinct');
      if (!call.distinct) this.take('all');
      if (!this.is('order')) call.args = this.commaList(() => this.expression());
    }
    if (this.take('on', 'overflow')) {
      if (!this.take('error')) {
        this.must('truncate');
        if (this.peek()?.type === 'string') this.string();
        if (!this.take('with', 'count')) this.take('without', 'count');
      }
    }
    if (this.takePhrase('order', 'by')) call.orderBy = this.sortItems();
    this.must(')');
    if (this.take('within', 'group')) {
      call.isListagg = true;
      this.must('(', 'order', 'by');
      call.orderBy = this.sortItems();
      this.must(')');
    }
    if (this.is('filter') && this.isNext(1, '(')) {
      this.must('filter', '(', 'where');
      call.filter = this.expression();
      this.must(')');
    }
    if (this.take('ignore', 'nulls')) call.nulls = 'IGNORE';
    else if (this.take('respect', 'nulls')) call.nulls = 'RESPECT';
    if (this.take('over')) call.window = this.#over();
    return { at, type: 'call', call };
  }

  #over(): Window {
    if (!this.is('(')) return { name: this.identifier(), partitionBy: [], orderBy: [] };
    return this.inBrackets(() => this.windowSpecification());
  }

  protected windowSpecification(): Window {
    const isName = this.isIdentifier() && !this.is('partition', 'rows', 'range', 'groups');
    const name = isName ? this.identifier() : undefined;
    const partitionBy = this.take('partition', 'by') ? this.commaList(() => this.expression()) : [];
    const orderBy = this.take('order', 'by') ? this.sortItems() : [];
    const unit = this.takeOne('rows', 'range', 'groups');
    const frame = unit ? this.#frame(unit.toUpperCase() as Frame['unit']) : undefined;
    return { name, partitionBy, orderBy, frame };
  }

  #frame(unit: Frame['unit']): Frame {
    if (!this.take('between')) return { unit, start: this.#frameBound() };
    const start = this.#frameBound();
    this.must('and');
    return { unit, start, end: this.#frameBound() };
  }

  #frameBound(): FrameBound {
    if (this.take('unbounded')) {
      if (this.take('preceding')) return { kind: 'UNBOUNDED PRECEDING' };
      this.must('following');
      return { kind: 'UNBOUNDED FOLLOWING' };
    }
    if (this.take('current', 'row')) return { kind: 'CURRENT ROW' };
    const value = this.expression();
    if (this.take('preceding')) return { kind: 'PRECEDING', value };
    this.must('following');
    return { kind: 'FOLLOWING', value };
  }

  sortItems(): SortItem[] {
    return this.commaList(() => {
      const by = this.expression();
      const descending = this.takeOne('asc', 'desc') === 'desc';
      const nullsFirst = this.take('nulls') ? this.#nullsFirst() : undefined;
      return { by, descending, nullsFirst };
    });
  }

  #nullsFirst(): boolean {
    if (this.take('first')) return true;
    this.must('last');
    return false;
  }

  #case(at: SqlPosition): Expression {
    this.must('case');
    const of = this.is('when') ? undefined : this.expression();
    const whens: { when: Expression; value: Expression }[] = [];
    while (this.take('when')) {
      const when = this.expression();
      this.must('then');
      whens.push({ when, value: this.expression() });
    }
    if (whens.length === 0) throw this.mismatched("'WHEN'");
    const otherwise = this.take('else') ? this.expression() : undefined;
    this.must('end');
    return { at, type: 'case', of, whens, otherwise };
  }

  #cast(at: SqlPosition, isTry: boolean): Expression {
    this.next();
    this.must('(');
    const of = this.expression();
    this.must('as');
    const to = this.type();
    this.must(')');
    return { at, type: 'cast', of, to, isTry };
  }

  #extract(at: SqlPosition): Expression {
    this.must('extract', '(');
    const field = this.identifier().name.toLowerCase();
    this.must('from');
    const of = this.#value();
    this.must(')');
    return { at, type: 'extract', field, of };
  }

  #array(at: SqlPosition): Expression {
    this.must('array', '[');
    const items = this.is(']') ? [] : this.commaList(() => this.expression());
    this.must(']');
    return { at, type: 'array', items };
  }

  #interval(at: SqlPosition): Expression {
    this.must('interval');
    const sign = this.takeOne('+', '-') === '-' ? -1 : 1;
    const value = this.string();
    const from = this.takeOne(...INTERVAL_FIELDS);
    if (!from) throw this.mismatched(INTERVAL_FIELDS.map((field) => `'${field.toUpperCase()}'`).join(', '));
    const to = this.take('to') ? this.takeOne(...INTERVAL_FIELDS) : undefined;
    return { at, type: 'interval', sign, value, from, to };
  }

  #binaryLiteral(at: SqlPosition): Expression {
    this.next();
    const hex = this.string().replaceAll(/\s/g, '').toUpperCase();
    if (hex.length % 2 !== 0)
      throw new SqlError('MISMATCHED_INPUT', 'Binary literal must contain an even number of digits.', at);
    if (!/^[0-9A-F]*$/.test(hex))
      throw new SqlError('MISMATCHED_INPUT', 'Binary literal can only contain hexadecimal digits', at);
    return { at, type: 'binary', hex };
  }

  /** `trim(x)`, `trim(BOTH 'x' FROM y)`, `trim('x' FROM y)`, `trim(x, 'chars')` */
  #trim(at: SqlPosition): Expression {
    const name = this.#keywordName();
    this.must('(');
    const side = this.takeOne('leading', 'trailing', 'both');
    const first = this.is('from') ? undefined : this.expression();
    let args: Expression[];
    if (this.take('from')) {
      const text = this.expression();
      args = first ? [text, first] : [text];
    } else {
      if (!first) throw this.mismatched();
      args = this.take(',') ? [first, this.expression()] : [first];
    }
    this.must(')');
    const called = side === 'leading' ? 'ltrim' : side === 'trailing' ? 'rtrim' : 'trim';
    return plainCall(at, { ...name, name: called }, args);
  }

  /** `substring(x FROM 2 FOR 3)`, `position('a' IN x)`, `normalize(x, NFC)` */
  #wordyCall(at: SqlPosition, word: string): Expression {
    const name = this.#keywordName();
    this.must('(');
    const args = [word === 'position' ? this.#value() : this.expression()];
    if (word === 'position') {
      this.must('in');
      args.unshift(this.#value());
      this.must(')');
      return plainCall(at, { ...name, name: 'strpos' }, args);
    }
    if (word === 'normalize') {
      const form = this.take(',') ? this.next().text.toUpperCase() : 'NFC';
      args.push({ at, type: 'string', value: form });
    } else if (this.take('from')) {
      args.push(this.expression());
      if (this.take('for')) args.push(this.expression());
    } else while (this.take(',')) args.push(this.expression());
    this.must(')');
    return plainCall(at, name, args);
  }

  #moment(at: SqlPosition, word: string): Expression {
    const name = this.#keywordName();
    const args: Expression[] = [];
    if (this.is('(') && this.peek(1)?.type === 'number') {
      this.must('(');
      args.push({ at, type: 'number', text: this.next().text });
      this.must(')');
    }
    return plainCall(at, { ...name, name: word }, args);
  }

  #typedLiteral(at: SqlPosition): Expression | undefined {
    const start = this.index;
    const token = this.peek();
    if (token?.type !== 'word' || !this.isIdentifier()) return undefined;
    if (token.value === 'double' && this.isNext(1, 'precision') && this.peek(2)?.type === 'string') {
      this.index += 2;
      return { at, type: 'typed', name: { name: 'double', args: [], at }, value: this.string() };
    }
    if (this.peek(1)?.type !== 'string') return undefined;
    const name: TypeName = { name: token.value, args: [], at };
    this.index = start + 1;
    return { at, type: 'typed', name, value: this.string() };
  }
}

function plainCall(at: SqlPosition, name: Identifier, args: Expression[]): Expression {
  return { at, type: 'call', call: { name: [name], args, distinct: false, star: false, orderBy: [] } };
}
