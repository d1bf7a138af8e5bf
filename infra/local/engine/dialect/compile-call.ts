import { formatExpression } from '../../../../lib/languages/trino-sql/format-expression.ts';
import { unknownFunction } from '../../../../lib/languages/trino-sql/names/name-errors.ts';
import { SqlError, type SqlPosition } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Call, Expression } from '../../../../lib/languages/trino-sql/syntax.ts';
import {
  commonType,
  DATE,
  isText,
  type Type,
  typeText,
  UNKNOWN,
  VARCHAR,
} from '../../../../lib/languages/trino-sql/types.ts';
import type { Compiled } from './compiled.ts';
import { coerce } from './convert.ts';
import { branch, EXACT } from './decimals.ts';
import { duckType, newVariable } from './duck-type.ts';
import { type ExpressionCompiler, holds } from './expression-compiler.ts';
import type { Marks } from './functions/definition.ts';
import { AGGREGATES, type FunctionDefinition, SCALARS, UNSUPPORTED, WINDOWS } from './functions/index.ts';
import { compare } from './operators.ts';
import {
  argumentsFor,
  type Bindings,
  bind,
  instantiate,
  isExact,
  isMoreSpecific,
  type Pattern,
  patternText,
} from './signature.ts';
import { textOf } from './text-of.ts';

export function compileCall(call: Call, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const name = (call.name.at(-1)?.name ?? '').toLowerCase();
  const special = call.window || call.name.length > 1 ? undefined : SPECIAL[name];
  if (special) return special(call.args, at, compiler);
  if (AGGREGATES.has(name)) return compileAggregate(name, call, at, compiler);
  if (WINDOWS.has(name)) return compileWindow(name, call, at, compiler);
  if (!SCALARS.has(name)) throw notRegistered(name, at);
  if (call.window) throw new SqlError('FUNCTION_NOT_WINDOW', `Not a window function: ${name}`, at);
  if (call.filter) throw new SqlError('FUNCTION_NOT_AGGREGATE', `Filter is only valid for aggregation functions`, at);
  if (call.distinct)
    throw new SqlError('FUNCTION_NOT_AGGREGATE', `DISTINCT is not supported for non-aggregation functions`, at);
  const { definition, args, returns } = resolve(name, SCALARS.get(name) ?? [], call.args, at, compiler);
  return { sql: fill(definition, args, returns), type: returns, at };
}

function notRegistered(name: string, at: SqlPosition): SqlError {
  if (UNSUPPORTED.has(name))
    return new SqlError('NOT_SUPPORTED', `Function '${name}' is not supported by the local engine`, at);
  return unknownFunction(name, at);
}

export function isAggregate(expression: Expression): boolean {
  return (
    expression.type === 'call' &&
    !expression.call.window &&
    AGGREGATES.has((expression.call.name.at(-1)?.name ?? '').toLowerCase())
  );
}

/** A lambda that gives another type than the function wants. */
class LambdaMismatch extends Error {}

interface Resolved {
  definition: FunctionDefinition;
  args: Compiled[];
  returns: Type;
}

/** Finds the function of that name for these arguments, and the arguments as it wants them. */
function resolve(
  name: string,
  definitions: FunctionDefinition[],
  args: Expression[],
  at: SqlPosition,
  compiler: ExpressionCompiler,
): Resolved {
  const values = args.map((arg) => (arg.type === 'lambda' ? undefined : compiler.compile(arg)));
  const types = values.map((value) => value?.type);
  const fitting = definitions.flatMap((definition) => {
    const patterns = argumentsFor(definition.signature, args.length);
    const bindings = patterns && bind(patterns, types);
    return patterns && bindings ? [{ definition, patterns, bindings }] : [];
  });
  const exact = fitting.find(({ patterns, bindings }) => isExact(patterns, bindings, types));
  const wanted = fitting.map(({ patterns, bindings }) => patterns.map((pattern) => instantiate(pattern, bindings)));
  const specific = fitting.find((_, index) => wanted.every((other) => isMoreSpecific(wanted[index] as Type[], other)));
  const chosen = exact ?? specific ?? fitting[0];
  if (!chosen) throw unexpectedParameters(name, definitions, types, at);
  const { definition, patterns, bindings } = chosen;
  const compiled = patterns.map((pattern, index) => {
    const value = values[index];
    if (value) return coerce(value, instantiate(pattern, bindings));
    try {
      return compileLambda(args[index] as Expression, pattern, bindings, compiler, definition, values);
    } catch (error) {
      throw error instanceof LambdaMismatch ? unexpectedParameters(name, definitions, types, at) : error;
    }
  });
  const given = compiled.map((value, index) =>
    definition.keepsTypes ? ((values[index] ?? value) as Compiled).type : value.type,
  );
  return {
    definition,
    args: compiled,
    returns: definition.returns
      ? definition.returns(given, compiled)
      : instantiate(definition.signature.returns, bindings),
  };
}

function unexpectedParameters(
  name: string,
  definitions: FunctionDefinition[],
  types: (Type | undefined)[],
  at: SqlPosition,
): SqlError {
  const given = types.map((type) => (type ? typeText(type) : '<function>')).join(', ');
  const expected = definitions.map(({ signature }) => {
    const limits = signature.args.flatMap(variablesOf);
    return `${signature.name}(${signature.args.map(patternText).join(', ')})${limits.length > 0 ? ` ${[...new Set(limits)].join(', ')}` : ''}`;
  });
  return new SqlError(
    'FUNCTION_NOT_FOUND',
    `Unexpected parameters (${given}) for function ${name}. Expected: ${[...new Set(expected)].sort().join(', ')}`,
    at,
  );
}

function variablesOf(pattern: Pattern): string[] {
  if (/^[A-Z]\d?$/.test(pattern.base)) return [pattern.limit ? `${pattern.base}:${pattern.limit}` : pattern.base];
  return pattern.of.flatMap(variablesOf);
}

/** The parameters' types are those that the other arguments have bound; the body's type binds what is returned. */
function compileLambda(
  expression: Expression,
  pattern: Pattern,
  bindings: Bindings,
  compiler: ExpressionCompiler,
  definition: FunctionDefinition,
  values: (Compiled | undefined)[],
): Compiled {
  if (expression.type !== 'lambda') throw new Error('not a lambda');
  const parameters = pattern.of.slice(0, -1).map((part) => instantiate(part, bindings));
  const result = pattern.of.at(-1) as Pattern;
  if (parameters.length !== expression.parameters.length) {
    throw new SqlError(
      'INVALID_PARAMETER_USAGE',
      `Expected a lambda that takes ${parameters.length} argument(s) but got ${expression.parameters.length}`,
      expression.at,
    );
  }
  const marks = parameters.map(() => `<${newVariable()}>`);
  const variables = new Map(compiler.place.variables);
  expression.parameters.forEach((parameter, index) => {
    variables.set(parameter.name.toLowerCase(), {
      sql: marks[index] as string,
      type: parameters[index] as Type,
      at: parameter.at,
    });
  });
  const inside = compiler.in({
    variables,
    noAggregates: 'Lambda expression',
    noWindows: 'Lambda expression',
    decimals: EXACT,
  });
  let body = inside.compile(expression.body);
  const isVariable = /^[A-Z]\d?$/.test(result.base);
  const known = isVariable ? bindings.types.get(result.base) : instantiate(result, bindings);
  if (!known || known.base === 'unknown') bindings.types.set(result.base, body.type);
  else {
    const common = commonType(known, body.type);
    // What a reduction carries may grow from its first value: `reduce(ARRAY[1.5], 0, …)`.
    if (isVariable && common && typeText(common) !== typeText(known) && definition.signature.name === 'reduce') {
      bindings.types.set(result.base, common);
      if (values[1]) values[1] = coerce(values[1], common);
      return compileLambda(expression, pattern, bindings, compiler, definition, values);
    }
    if (!common || typeText(common) !== typeText(known)) throw new LambdaMismatch();
    body = coerce(body, known);
  }
  const apply = (...given: string[]) =>
    marks.reduce((sql, mark, index) => sql.replaceAll(mark, given[index] as string), body.sql);
  const names = marks.map(() => newVariable());
  return { sql: `lambda ${names.join(', ')}: ${apply(...names)}`, type: body.type, at: expression.at, apply };
}

const NO_MARKS: Marks = { d: '', o: '', n: '', at: () => '' };

/** All in one pass: what an argument holds must not be taken for a mark. */
function fill(definition: FunctionDefinition, args: Compiled[], returns: Type, marks: Marks = NO_MARKS): string {
  if (typeof definition.sql === 'function') return definition.sql(args, returns, marks);
  const text = (template: string): string =>
    template.replaceAll(
      /\$(\d|\*|[a-z])|@(?:\[([^\]]*)\])?/g,
      (_, mark: string | undefined, condition: string | undefined) => {
        if (mark === undefined) return marks.at(condition === undefined ? undefined : text(condition));
        if (mark === '*') return args.map((arg) => arg.sql).join(', ');
        if (mark === 't') return duckType(returns);
        if (mark === 's') return String(returns.scale ?? 0);
        return /\d/.test(mark) ? (args[Number(mark) - 1]?.sql ?? 'NULL') : String(marks[mark as 'd' | 'o' | 'n'] ?? '');
      },
    );
  return text(definition.sql);
}

function compileAggregate(name: string, call: Call, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const { place } = compiler;
  if (!call.window) refuseAggregate(name, call, at, compiler);
  if (call.window && place.noWindows) throw refusedWindow(call, at, compiler);
  if (call.window && call.filter)
    throw new SqlError('NOT_SUPPORTED', 'FILTER is not yet supported for window functions', place.selectAt);
  const { scope } = place;
  const before = scope.uses?.length ?? 0;
  const inside = call.window
    ? compiler.in({ noWindows: 'window' })
    : compiler.in({ noWindows: 'aggregate', insideAggregate: name, outputs: new Map() });
  const args = call.star ? [] : call.args;
  const { definition, args: compiled, returns } = resolve(name, AGGREGATES.get(name) ?? [], args, at, inside);
  const filter = call.filter && inside.boolean(call.filter, 'Filter expression must evaluate to a boolean');
  const orderBy = inside.orderBy(call.orderBy);
  if (call.window) {
    const over = compiler.window(call.window);
    return {
      sql: aggregateSql(definition, compiled, returns, {
        d: call.distinct ? 'DISTINCT ' : '',
        o: orderBy,
        filter,
        over,
      }),
      type: returns,
      at,
    };
  }
  // A window's arguments are columns of the grouped rows; an aggregate's are not.
  if (scope.uses) scope.uses.length = before;
  return {
    sql: aggregateSql(definition, compiled, returns, {
      d: call.distinct ? 'DISTINCT ' : '',
      o: orderBy,
      filter,
      isWhole: place.groups?.size === 0,
    }),
    type: returns,
    at,
  };
}

interface AggregateCall {
  d: string;
  o: string;
  filter?: string | undefined;
  over?: string;
  isWhole?: boolean;
}

function aggregateSql(
  definition: FunctionDefinition,
  args: Compiled[],
  returns: Type,
  { d, o, filter, over, isWhole }: AggregateCall,
): string {
  const at = (own?: string) => {
    const conditions = [own, filter].filter(Boolean);
    return `${conditions.length > 0 ? ` FILTER (WHERE ${conditions.join(' AND ')})` : ''}${over ? ` OVER ${over}` : ''}`;
  };
  return fill(definition, args, returns, { d, o, n: '', at, ...(isWhole ? { isWhole } : {}) });
}

function refuseAggregate(name: string, call: Call, at: SqlPosition, { place }: ExpressionCompiler): void {
  const text = formatExpression({ type: 'call', call, at });
  if (place.insideAggregate) return;
  if (place.noAggregates === 'Lambda expression')
    throw new SqlError(
      'EXPRESSION_NOT_SCALAR',
      `Lambda expression cannot contain aggregations, window functions or grouping operations: [${text}]`,
      at,
    );
  if (place.noAggregates)
    throw new SqlError(
      'EXPRESSION_NOT_SCALAR',
      `${place.noAggregates} cannot contain aggregations, window functions or grouping operations: [${text}]`,
      place.clauseAt ?? at,
    );
  const nested = call.args.find((arg) => holds(arg, isAggregate));
  if (nested)
    throw new SqlError(
      'NESTED_AGGREGATION',
      `Cannot nest aggregations inside aggregation '${name}': [${formatExpression(nested)}]`,
      at,
    );
}

function refusedWindow(call: Call, at: SqlPosition, { place }: ExpressionCompiler): SqlError {
  const text = formatExpression({ type: 'call', call, at });
  if (place.noWindows === 'window')
    return new SqlError(
      'NESTED_WINDOW',
      `Cannot nest window functions or row pattern measures inside window specification`,
      at,
    );
  if (place.noWindows === 'aggregate')
    return new SqlError(
      'NESTED_WINDOW',
      `Cannot nest window functions or row pattern measures inside aggregation '${place.insideAggregate}': [${text}]`,
      at,
    );
  return new SqlError(
    'EXPRESSION_NOT_SCALAR',
    `${place.noWindows} cannot contain aggregations, window functions or grouping operations: [${text} OVER ()]`,
    place.clauseAt ?? at,
  );
}

function compileWindow(name: string, call: Call, at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  if (!call.window)
    throw new SqlError('MISSING_OVER', `Window function system.builtin.${name} requires an OVER clause`, at);
  if (compiler.place.noWindows) throw refusedWindow(call, at, compiler);
  const inside = compiler.in({ noWindows: 'window' });
  const { definition, args, returns } = resolve(name, WINDOWS.get(name) ?? [], call.args, at, inside);
  const over = compiler.window(call.window);
  const n = call.nulls === 'IGNORE' ? ' IGNORE NULLS' : '';
  return { sql: fill(definition, args, returns, { d: '', o: '', n, at: () => ` OVER ${over}` }), type: returns, at };
}

type Special = (args: Expression[], at: SqlPosition, compiler: ExpressionCompiler) => Compiled;

function wrongCount(name: string, at: SqlPosition): SqlError {
  return new SqlError('MISMATCHED_INPUT', `Invalid number of arguments for '${name}' function`, at);
}

/** What Trino has in its grammar rather than among its functions. */
const SPECIAL: Record<string, Special | undefined> = {
  coalesce: (args, at, compiler) => {
    if (args.length < 2)
      throw new SqlError('MISMATCHED_INPUT', "The 'coalesce' function must have at least two arguments", at);
    const values = args.map((arg) => compiler.compile(arg));
    const type = compiler.common(values, 'All COALESCE operands must be the same type or coercible to a common type');
    return { sql: `coalesce(${values.map((value) => branch(value, type)).join(', ')})`, type, at };
  },
  nullif: (args, at, compiler) => {
    if (args.length !== 2) throw wrongCount('nullif', at);
    const [first, second] = args.map((arg) => compiler.compile(arg)) as [Compiled, Compiled];
    if (!commonType(first.type, second.type))
      throw new SqlError(
        'TYPE_MISMATCH',
        `Types are not comparable with NULLIF: ${typeText(first.type)} vs ${typeText(second.type)}`,
        at,
      );
    return {
      sql: `CASE WHEN ${compare('=', first, second, at).sql} THEN NULL ELSE ${first.sql} END`,
      type: first.type,
      at,
    };
  },
  if: (args, at, compiler) => {
    if (args.length < 2 || args.length > 3) throw wrongCount('if', at);
    const condition = compiler.boolean(args[0] as Expression, 'IF condition must evaluate to a boolean');
    const values = args.slice(1).map((arg) => compiler.compile(arg));
    const [first, second] = values as [Compiled, Compiled | undefined];
    const type = second ? commonType(first.type, second.type) : first.type;
    if (!type)
      throw new SqlError(
        'TYPE_MISMATCH',
        `Result types for IF must be the same: ${typeText(first.type)} vs ${typeText(second?.type ?? UNKNOWN)}`,
        at,
      );
    return {
      sql: `CASE WHEN ${condition} THEN ${branch(first, type)}${second ? ` ELSE ${branch(second, type)}` : ''} END`,
      type,
      at,
    };
  },
  try: (args, at, compiler) => {
    if (args.length !== 1)
      throw new SqlError('MISMATCHED_INPUT', "The 'try' function must have exactly one argument", at);
    const value = compiler.in({ decimals: EXACT }).compile(args[0] as Expression);
    return { sql: `TRY(${value.sql})`, type: value.type, at };
  },
  typeof: (args, at, compiler) => {
    const [only] = args;
    if (!only || args.length !== 1) return { sql: 'NULL', type: VARCHAR, at };
    return { sql: `'${typeText(compiler.compile(only).type).replaceAll("'", "''")}'`, type: VARCHAR, at };
  },
  format: (args, at, compiler) => {
    if (args.length < 2)
      throw new SqlError('MISMATCHED_INPUT', "The 'format' function must have at least two arguments", at);
    const [pattern, ...values] = args.map((arg) => compiler.compile(arg)) as [Compiled, ...Compiled[]];
    if (!isText(pattern.type))
      throw new SqlError(
        'TYPE_MISMATCH',
        `Type of first argument to format() must be VARCHAR (actual: ${typeText(pattern.type)})`,
        at,
      );
    const refused = values.find(({ type }) => type.of);
    if (refused)
      throw new SqlError('NOT_SUPPORTED', `Type not supported for formatting: ${typeText(refused.type)}`, refused.at);
    const texts = values.map((value) => `{'t': '${value.type.base}', 'v': ${textOf(value.sql, value.type)}}`);
    return { sql: `js_format(${pattern.sql}, CAST(to_json([${texts.join(', ')}]) AS VARCHAR))`, type: VARCHAR, at };
  },
  concat: (args, at, compiler) => {
    const values = args.map((arg) => compiler.compile(arg));
    if (values.length < 2)
      throw new SqlError('INVALID_FUNCTION_ARGUMENT', 'There must be two or more concatenation arguments');
    const text = values.find(({ type }) => type.base === 'varchar');
    if (text && values.some(({ type }) => type.base === 'unknown'))
      return { sql: 'CAST(NULL AS VARCHAR[])', type: { base: 'array', of: [text.type] }, at };
    if (values.every(({ type }) => isText(type)) && !values.every(({ type }) => type.base === 'char')) {
      return { sql: `(${values.map((value) => coerce(value, VARCHAR).sql).join(' || ')})`, type: VARCHAR, at };
    }
    const definitions = SCALARS.get('concat') ?? [];
    const { definition, args: compiled, returns } = resolve('concat', definitions, args, at, compiler);
    return { sql: fill(definition, compiled, returns), type: returns, at };
  },
  greatest: (args, at, compiler) => extreme('greatest', args, at, compiler),
  least: (args, at, compiler) => extreme('least', args, at, compiler),
  current_date: (_args, at) => ({ sql: 'CAST(get_current_timestamp() AS DATE)', type: DATE, at }),
  current_time: (_args, at) => {
    throw new SqlError(
      'NOT_SUPPORTED',
      'Type time with time zone is not supported by the local engine: use LOCALTIME',
      at,
    );
  },
  current_user: (_args, at) => ({ sql: "'lake'", type: VARCHAR, at }),
  current_catalog: (_args, at) => ({ sql: "'awsdatacatalog'", type: VARCHAR, at }),
  map: (args, at, compiler) => {
    if (args.length === 0) return { sql: 'MAP {}', type: { base: 'map', of: [UNKNOWN, UNKNOWN] }, at };
    const { definition, args: compiled, returns } = resolve('map', SCALARS.get('map') ?? [], args, at, compiler);
    return { sql: fill(definition, compiled, returns), type: returns, at };
  },
  row: (args, at, compiler) => compiler.compile({ type: 'row', items: args, at }),
};

function extreme(name: string, args: Expression[], at: SqlPosition, compiler: ExpressionCompiler): Compiled {
  const values = args.map((arg) => compiler.compile(arg));
  const type = values.reduce<Type | undefined>((common, value) => common && commonType(common, value.type), UNKNOWN);
  if (!type || type.base === 'map' || type.base === 'json')
    throw new SqlError(
      'FUNCTION_NOT_FOUND',
      `Unexpected parameters (${values.map((value) => typeText(value.type)).join(', ')}) for function ${name}. Expected: ${name}(E) E:orderable`,
      at,
    );
  const compiled = values.map((value) => coerce(value, type).sql);
  // DuckDB's skip NULL; Trino's answer NULL.
  return {
    sql: `CASE WHEN ${compiled.map((sql) => `${sql} IS NOT NULL`).join(' AND ')} THEN ${name}(${compiled.join(', ')}) END`,
    type,
    at,
  };
}
