import { SqlError } from './sql-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/**
 * Puts values in the place of the `?` of a statement. A value is SQL text, as Athena's ExecutionParameters are: a
 * literal such as `1`, `'text'`, `DATE '2024-01-15'`. It can neither end nor extend the statement around it.
 */
export function bindParameters(sql: string, values: string[], tokens: Token[] = tokenize(sql)): string {
  const places = tokens.filter((token) => token.type === 'parameter');
  if (places.length !== values.length) {
    const message = `Incorrect number of parameters: expected ${places.length} but found ${values.length}`;
    throw new SqlError('INVALID_PARAMETER_USAGE', message, places[0] ?? { line: 1, column: 1 });
  }
  let bound = '';
  let from = 0;
  places.forEach((place, index) => {
    bound += sql.slice(from, place.start) + literalOf(values[index] as string);
    from = place.end;
  });
  return bound + sql.slice(from);
}

/** The shapes of a literal, where `'` stands for a string and `0` for a number. */
const LITERAL =
  /^(?:null|true|false|[+-]?0|'|(?:date|time|timestamp|decimal|x)'|interval[+-]?'(?:year|month|day|hour|minute|second)(?:to(?:month|hour|minute|second))?)$/;

/** The value again, from its own tokens: a comment in it does not survive, and anything that is no literal is refused. */
function literalOf(value: string): string {
  const tokens = tokenize(value);
  const shape = tokens.map(shapeOf).join('');
  if (!LITERAL.test(shape)) {
    const message = `'${value}' is not a literal. Text is written between single quotes: 'text'`;
    throw new SqlError('INVALID_PARAMETER_USAGE', message);
  }
  return tokens.map((token) => token.text).join(' ');
}

function shapeOf({ type, text }: Token): string {
  if (type === 'string') return "'";
  return type === 'number' ? '0' : text.toLowerCase();
}
