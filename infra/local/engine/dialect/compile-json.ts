import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Expression, JsonBehavior, JsonCall } from '../../../../lib/languages/trino-sql/syntax.ts';
import { resolveType } from '../../../../lib/languages/trino-sql/type-name.ts';
import { BOOLEAN, isText, JSON_TYPE, type Type, typeText, VARCHAR } from '../../../../lib/languages/trino-sql/types.ts';
import { type Compiled, quoteText } from './compiled.ts';
import { cast, coerce } from './convert.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import { parseJsonPath } from './json-path.ts';

/** SQL/JSON functions: https://trino.io/docs/current/functions/json.html */
export function compileJson(json: JsonCall, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  switch (json.function) {
    case 'json_exists':
      return exists(json, at, compiler);
    case 'json_value':
      return value(json, at, compiler);
    case 'json_query':
      return query(json, at, compiler);
    default:
      return construct(json, at, compiler);
  }
}

function input(json: JsonCall, compiler: ExpressionCompiler): string {
  const compiled = compiler.compile(json.input as Expression);
  const { base } = compiled.type;
  if (!isText(compiled.type) && base !== 'unknown' && base !== 'varbinary')
    throw new SqlError(
      'TYPE_MISMATCH',
      `Cannot read input of type ${typeText(compiled.type)} as JSON using formatting JSON`,
      compiled.at,
    );
  return coerce(compiled, VARCHAR).sql;
}

function path(json: JsonCall, at: SqlPosition): string {
  const text = json.path ?? '';
  // Wrong paths are refused now, and not with the first row.
  parseJsonPath(text, at);
  return quoteText(text);
}

function behaviorText(behavior: JsonBehavior | undefined, otherwise: string): string {
  return quoteText(behavior?.kind ?? otherwise);
}

function exists(json: JsonCall, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  return {
    sql: `js_json_exists(${input(json, compiler)}, ${path(json, at)}, ${behaviorText(json.onError, 'FALSE')})`,
    type: BOOLEAN,
    at,
  };
}

function value(json: JsonCall, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const type = json.returning ? resolveType(json.returning) : VARCHAR;
  const fallback = (behavior: JsonBehavior | undefined) =>
    behavior?.kind === 'DEFAULT' ? cast(compiler.compile(behavior.value as Expression), type) : undefined;
  const [onEmpty, onError] = [fallback(json.onEmpty), fallback(json.onError)];
  const found = `js_json_value(${input(json, compiler)}, ${path(json, at)}, ${behaviorText(json.onEmpty, 'NULL')}, ${behaviorText(json.onError, 'NULL')})`;
  // '=' and the value, or what happened.
  const plain = cast({ sql: `${found}[2:]`, type: VARCHAR, at }, type);
  const branches = [
    `WHEN ${found} LIKE '=%' THEN ${json.onError?.kind === 'ERROR' || type.base === 'varchar' ? plain : `TRY(${plain})`}`,
  ];
  if (onEmpty) branches.push(`WHEN ${found} = 'empty' THEN ${onEmpty}`);
  if (onError) branches.push(`WHEN ${found} = 'error' THEN ${onError}`);
  return { sql: `CASE ${branches.join(' ')} END`, type, at };
}

function query(json: JsonCall, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const type: Type = json.returning ? resolveType(json.returning) : VARCHAR;
  if (!isText(type))
    throw new SqlError('TYPE_MISMATCH', `Cannot output JSON value as ${typeText(type)} using formatting JSON`, at);
  const options = [
    quoteText(json.wrapper ?? 'WITHOUT'),
    String(json.omitQuotes ?? false),
    behaviorText(json.onEmpty, 'NULL'),
    behaviorText(json.onError, 'NULL'),
  ];
  return { sql: `js_json_query(${input(json, compiler)}, ${path(json, at)}, ${options.join(', ')})`, type, at };
}

function construct(json: JsonCall, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const isObject = json.function === 'json_object';
  const parts = (json.entries ?? []).map(({ key, value: each }) => {
    const compiled = compiler.compile(each);
    const isNested = each.type === 'json' && ['json_object', 'json_array', 'json_query'].includes(each.json.function);
    const text = isNested
      ? compiled.sql
      : `CAST(${cast(compiled.type.base === 'json' ? compiled : { ...compiled }, JSON_TYPE)} AS VARCHAR)`;
    const name = key ? `CAST(to_json(${coerce(compiler.compile(key), VARCHAR).sql}) AS VARCHAR) || ':' || ` : '';
    return json.absentOnNull
      ? `CASE WHEN ${compiled.sql} IS NOT NULL THEN ${name}${text} END`
      : `${name}coalesce(${text}, 'null')`;
  });
  const list =
    parts.length === 0 ? `''` : `array_to_string(list_filter([${parts.join(', ')}], lambda x: x IS NOT NULL), ',')`;
  return { sql: isObject ? `('{' || ${list} || '}')` : `('[' || ${list} || ']')`, type: VARCHAR, at };
}
