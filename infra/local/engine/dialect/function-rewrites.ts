import { call, column, kind, literalText, type Node, number, text, type Value } from './ast.ts';
import { fromJodaPattern, fromMysqlPattern } from './date-patterns.ts';
import { item, lambda, lambdaOf, overEntries, substitute } from './lambda.ts';
import { MACRO_PREFIX } from './macros.ts';

type Rewrite = (args: Value[]) => Value | undefined;

/**
 * Functions that no macro can stand for: those with lambdas, those whose pattern must be translated now, and those
 * whose meaning depends on the number of arguments. Undefined leaves the call as it is.
 */
export const FUNCTION_REWRITES: Record<string, Rewrite> = {
  transform: (args) => call('list_transform', ...args),
  filter: (args) => call('list_filter', ...args),
  any_match: (args) => ({ gt: { left: lengthOf(call('list_filter', ...args)), right: number(0) } }),
  none_match: (args) => ({ eq: { left: lengthOf(call('list_filter', ...args)), right: number(0) } }),
  all_match: (args) => ({ eq: { left: lengthOf(call('list_filter', ...args)), right: lengthOf(args[0]) } }),
  reduce,
  zip_with: zipWith,
  transform_values: (args) => {
    const over = lambda(args[1]);
    if (!over) return undefined;
    const { entries, lambda: body } = overEntries(args[0], over, (key, value) => call('row', key, value));
    return call('map_from_entries', call('list_transform', entries, body));
  },
  transform_keys: (args) => {
    const over = lambda(args[1]);
    if (!over) return undefined;
    const { entries, lambda: body } = overEntries(args[0], over, (_key, value) =>
      call('row', value, {
        dot: { this: column('entry_'), field: { name: 'value', quoted: false, trailing_comments: [] } },
      }),
    );
    return call('map_from_entries', call('list_transform', entries, body));
  },
  map_filter: (args) => {
    const over = lambda(args[1]);
    if (!over) return undefined;
    const { entries, lambda: body } = overEntries(args[0], over, (_key, value) => value);
    return call('map_from_entries', call('list_filter', entries, body));
  },
  date_format: (args) => withPattern('strftime', args, fromMysqlPattern),
  date_parse: (args) => withPattern('strptime', args, fromMysqlPattern),
  format_datetime: (args) => withPattern('strftime', args, fromJodaPattern),
  parse_datetime: (args) => withPattern('strptime', args, fromJodaPattern),
  format: (args) => call('printf', ...args),
  typeof: ([value]) => {
    const constant = literalText(value);
    // Trino types a string literal by its length.
    return constant === undefined ? undefined : text(`varchar(${constant.length})`);
  },
};

function lengthOf(value: Value): Node {
  return call('len', value);
}

function withPattern(
  name: string,
  [value, pattern]: Value[],
  translate: (pattern: string) => string,
): Value | undefined {
  const constant = literalText(pattern);
  return constant === undefined ? undefined : call(name, value, text(translate(constant)));
}

/** `reduce(array, initial, (s, x) -> …, s -> …)`: the last lambda is applied by putting the result in its place. */
function reduce([array, initial, step, finish]: Value[]): Value {
  const reduced = call('list_reduce', array, step, initial);
  const last = lambda(finish);
  return last ? substitute(last.body, last.parameters[0] ?? '', reduced) : reduced;
}

/** `zip_with(a, b, (x, y) -> …)`: a lambda over pairs. */
function zipWith([left, right, combine]: Value[]): Value | undefined {
  const over = lambda(combine);
  if (!over) return undefined;
  const pair = column('pair_');
  const [first, second] = over.parameters;
  const body = substitute(substitute(over.body, first ?? '', item(pair, 1)), second ?? '', item(pair, 2));
  return call('list_transform', call('list_zip', left, right), lambdaOf(over, 'pair_', body));
}

/** Whether the node is a call of a function that is rewritten; the rewritten node if so. */
export function rewriteFunction(node: Node): Value | undefined {
  const called = kind(node, 'function');
  const name = typeof called?.name === 'string' ? called.name.toLowerCase().replace(MACRO_PREFIX, '') : undefined;
  if (!called || !name || !Object.hasOwn(FUNCTION_REWRITES, name)) return undefined;
  return FUNCTION_REWRITES[name]?.(Array.isArray(called.args) ? called.args : []);
}
