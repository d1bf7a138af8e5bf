import type { Expression, JsonBehavior, JsonCall, TypeName } from './syntax.ts';
import { TokenReader } from './token-reader.ts';

/** Reads types, and the calls of SQL/JSON functions, which are full of words. */
export abstract class TypeParser extends TokenReader {
  abstract expression(): Expression;

  type(): TypeName {
    const at = this.at();
    let name = this.identifier().name.toLowerCase();
    if (name === 'double' && this.take('precision')) return { name, args: [], at };
    if (name === 'interval') return this.#intervalType(at);
    const type: TypeName = { name, args: [], at };
    if (name === 'row' && this.is('(')) return this.#rowType(type);
    if (this.take('(')) {
      type.args = this.commaList(() => (this.peek()?.type === 'number' ? Number(this.next().text) : this.type()));
      this.must(')');
    } else if (this.is('<')) {
      this.must('<');
      type.args = this.commaList(() => this.type());
      this.must('>');
    }
    if ((name === 'timestamp' || name === 'time') && this.take('with', 'time', 'zone')) name += ' with time zone';
    else if (name === 'timestamp' || name === 'time') this.take('without', 'time', 'zone');
    type.name = name;
    return this.#arrayOf(type);
  }

  #arrayOf(type: TypeName): TypeName {
    return this.take('array') ? this.#arrayOf({ name: 'array', args: [type], at: type.at }) : type;
  }

  #intervalType(at: TypeName['at']): TypeName {
    const from = this.identifier().name.toLowerCase();
    this.must('to');
    const to = this.identifier().name.toLowerCase();
    return { name: `interval ${from} to ${to}`, args: [], at };
  }

  #rowType(type: TypeName): TypeName {
    const names: string[] = [];
    this.must('(');
    type.args = this.commaList(() => {
      const isNamed = this.isIdentifier() && this.isIdentifier(1) && !this.isNext(1, 'with', 'without', 'precision');
      const isInterval = this.is('interval') && this.isNext(2, 'to');
      names.push(isNamed && !isInterval ? this.identifier().name : '');
      return this.type();
    });
    this.must(')');
    return this.#arrayOf({ ...type, fieldNames: names });
  }

  jsonCall(name: JsonCall['function']): JsonCall {
    this.next();
    this.must('(');
    const json: JsonCall = { function: name };
    if (name === 'json_object') this.#jsonObject(json);
    else if (name === 'json_array') this.#jsonArray(json);
    else this.#jsonPathCall(json);
    if (this.take('returning')) {
      json.returning = this.type();
      if (this.take('format', 'json')) this.#encoding();
    }
    if (name === 'json_query') this.#wrapper(json);
    this.#behaviors(json);
    this.must(')');
    return json;
  }

  #jsonPathCall(json: JsonCall): void {
    json.input = this.expression();
    if (this.take('format', 'json')) this.#encoding();
    this.must(',');
    json.path = this.string();
    if (this.take('passing')) throw this.mismatched();
  }

  #encoding(): void {
    if (this.take('encoding')) this.next();
  }

  #wrapper(json: JsonCall): void {
    if (this.take('without')) json.wrapper = 'WITHOUT';
    else if (this.take('with')) {
      json.wrapper = this.take('conditional') ? 'CONDITIONAL' : 'UNCONDITIONAL';
      if (json.wrapper === 'UNCONDITIONAL') this.take('unconditional');
    }
    if (json.wrapper) {
      this.take('array');
      this.must('wrapper');
    }
    const quotes = this.takeOne('keep', 'omit');
    if (quotes) {
      this.must('quotes');
      this.take('on', 'scalar', 'string');
      json.omitQuotes = quotes === 'omit';
    }
  }

  #behaviors(json: JsonCall): void {
    for (;;) {
      const kind = this.#behavior();
      if (!kind) return;
      this.must('on');
      if (this.take('empty')) json.onEmpty = kind;
      else {
        this.must('error');
        json.onError = kind;
      }
    }
  }

  #behavior(): JsonBehavior | undefined {
    if (this.take('empty', 'array')) return { kind: 'EMPTY ARRAY' };
    if (this.take('empty', 'object')) return { kind: 'EMPTY OBJECT' };
    if (this.take('default')) return { kind: 'DEFAULT', value: this.expression() };
    const word = this.takeOne('null', 'error', 'true', 'false', 'unknown');
    return word ? { kind: word.toUpperCase() as JsonBehavior['kind'] } : undefined;
  }

  #jsonObject(json: JsonCall): void {
    json.entries = [];
    if (!this.is(')', 'returning', 'null', 'absent')) {
      json.entries = this.commaList(() => {
        const isKeyword = this.take('key');
        const key = this.expression();
        if (isKeyword || !this.take(':')) this.must('value');
        const value = this.expression();
        this.take('format', 'json');
        return { key, value };
      });
    }
    this.#nullClause(json, false);
  }

  #jsonArray(json: JsonCall): void {
    json.entries = [];
    if (!this.is(')', 'returning', 'absent')) {
      json.entries = this.commaList(() => {
        const value = this.expression();
        this.take('format', 'json');
        return { value };
      });
    }
    this.#nullClause(json, true);
  }

  #nullClause(json: JsonCall, absentByDefault: boolean): void {
    json.absentOnNull = absentByDefault;
    if (this.take('absent', 'on', 'null')) json.absentOnNull = true;
    else if (this.take('null', 'on', 'null')) json.absentOnNull = false;
    if (!this.take('with', 'unique', 'keys')) this.take('without', 'unique', 'keys');
  }
}
