/**
 * Athena's SQL (Trino's) to DuckDB's. First everything that is not Trino's is refused, with its place in the text; then
 * calls are renamed to our macros, the tree is rewritten where renaming is not enough, and the rest is translated by
 * `@polyglot-sql/sdk`.
 */
import { Dialect, generate, parse, transpile } from '@polyglot-sql/sdk';
import { refuseForeignSyntax } from '../../../../lib/languages/trino-sql/foreign-syntax.ts';
import { bindParameters } from '../../../../lib/languages/trino-sql/parameters.ts';
import { type FunctionName, queryNames } from '../../../../lib/languages/trino-sql/query-names.ts';
import { mismatchedInput, SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import { closingIndex, isToken, type Token, tokenize } from '../../../../lib/languages/trino-sql/tokenize.ts';
import type { Translation } from '../task.ts';
import { rewriteTree, type Value } from './ast.ts';
import { isKnownFunction, translatedName } from './functions.ts';
import { macrosCalledBy } from './macros.ts';
import { finishSql, rewriteNode } from './node-rewrites.ts';

/** Translates one SELECT, WITH, VALUES or TABLE statement. Throws SqlError where Athena would. */
export function translate(sql: string, parameters: string[] = []): Translation {
  const bound = bindParameters(sql, parameters);
  const tokens = tokenize(bound);
  refuseForeignSyntax(tokens);
  const names = queryNames(bound, tokens);
  refuseUnknownFunctions(names.functions);
  const renamed = renameCalls(bound, tokens, names.functions);
  const tree = rewriteTree(parseOne(renamed, bound, tokens), (node) => rewriteNode(node, { usesPath: names.usesPath }));
  const duck = finishSql(toDuck(tree));
  return { sql: duck, macros: macrosCalledBy(duck), tables: names.tables, usesPath: names.usesPath };
}

function refuseUnknownFunctions(calls: FunctionName[]): void {
  const unknown = calls.find((call) => !isKnownFunction(call.name));
  if (unknown) throw new SqlError('FUNCTION_NOT_FOUND', `Function '${unknown.name}' not registered`, unknown);
}

function renameCalls(sql: string, tokens: Token[], calls: FunctionName[]): string {
  const places = new Set(calls.map((call) => `${call.line}:${call.column}`));
  let renamed = '';
  let from = 0;
  tokens.forEach((token, index) => {
    if (!places.has(`${token.line}:${token.column}`)) return;
    const name = translatedName(token.value.toLowerCase(), countArguments(tokens, index + 1));
    if (name === token.value.toLowerCase()) return;
    renamed += sql.slice(from, token.start) + name;
    from = token.end;
  });
  return renamed + sql.slice(from);
}

/** Arguments of the call whose opening bracket is at `open`. */
function countArguments(tokens: Token[], open: number): number {
  const close = closingIndex(tokens, open);
  let count = close > open + 1 ? 1 : 0;
  for (let index = open + 1; index < close; index++) {
    if (isToken(tokens[index], '(', '[')) index = closingIndex(tokens, index);
    else if (isToken(tokens[index], ',')) count += 1;
  }
  return count;
}

/** The tree of the one statement in `sql`; `original` is the same before calls were renamed, to find the place of an error in. */
function parseOne(sql: string, original: string, tokens: Token[]): Value {
  const parsed = parse(sql, Dialect.Trino);
  if (!parsed.success) throw syntaxError(original, tokens);
  const statements = parsed.ast as unknown as Value[];
  if (statements.length > 1)
    throw new SqlError('MISMATCHED_INPUT', 'Only one sql statement is allowed. Got: multiple statements');
  if (statements.length === 0) throw mismatchedInput('<EOF>', { line: 1, column: 1 });
  return statements;
}

function toDuck(tree: Value): string {
  const trino = generate(tree, Dialect.Trino);
  const duck = trino.success ? transpile(trino.sql?.[0] ?? '', Dialect.Trino, Dialect.DuckDB) : trino;
  const sql = duck.success ? duck.sql?.[0] : undefined;
  // The translator leaves out what it cannot say, with a comment in its place.
  if (!sql || sql.includes('not supported in this dialect')) {
    throw new SqlError(
      'NOT_SUPPORTED',
      `This statement is not supported by the local engine${duck.error ? `: ${duck.error}` : ''}`,
    );
  }
  return sql;
}

function syntaxError(sql: string, tokens: Token[]): SqlError {
  const { error, errorStart } = parse(sql, Dialect.Trino);
  const last = tokens.at(-1);
  const isAtEnd = /end of input/i.test(error ?? '');
  const token = isAtEnd ? undefined : tokens.find((candidate) => candidate.end > (errorStart ?? 0));
  if (token) return mismatchedInput(token.text, token);
  return mismatchedInput(
    '<EOF>',
    last ? { line: last.line, column: last.column + last.text.length } : { line: 1, column: 1 },
  );
}
