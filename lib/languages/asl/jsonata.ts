/**
 * JSONata in a definition: strings of the form `{% … %}` are computed, everything else is itself.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import compile, { type Expression } from 'jsonata';
import { hashAlgorithm, partition, plain, range } from './intrinsic-functions.ts';
import { isObject, type Json, type JsonObject, setMember } from './json.ts';
import type { Effects, Scope } from './scope.ts';
import { EvaluationError } from './states-error.ts';

/** An expression may loop for ever; these bound its time (ms), its depth and the lists it makes. */
const LIMITS = { timeout: 1000, stack: 500, sequence: 100_000 };

const WHOLE = /^\{%([\s\S]*)%\}$/;
const compiled = new Map<string, Expression>();
const COMPILED_MAX = 2000;

export function isJsonata(value: unknown): value is string {
  return typeof value === 'string' && WHOLE.test(value);
}

/** Says why `value` does not parse, or `undefined` where it does. */
export function jsonataProblem(value: string): string | undefined {
  try {
    compile(source(value));
    return undefined;
  } catch (error) {
    return explain(error);
  }
}

/**
 * Computes every expression in `template`. `states` is what `$states` holds: input, context, and result or errorOutput
 * where the field may see them. `field` names the place in messages.
 */
export async function fillJsonata(template: Json, states: JsonObject, scope: Scope, field: string): Promise<Json> {
  if (isJsonata(template)) return evaluate(template, states, scope, field);
  if (Array.isArray(template)) {
    return Promise.all(template.map((item, i) => fillJsonata(item, states, scope, `${field}[${i}]`)));
  }
  if (!isObject(template)) return template;
  const filled: JsonObject = {};
  for (const [key, value] of Object.entries(template)) {
    setMember(filled, key, await fillJsonata(value, states, scope, `${field}/${key}`));
  }
  return filled;
}

async function evaluate(text: string, states: JsonObject, scope: Scope, field: string): Promise<Json> {
  const expression = source(text);
  let value: unknown;
  try {
    value = await compiledExpression(expression).evaluate(undefined, {
      ...functions(scope.effects),
      ...scope.variables,
      states,
    });
  } catch (error) {
    throw failure(expression, field, `threw an error during evaluation. ${explain(error)}`);
  }
  if (value === undefined) throw failure(expression, field, 'returned nothing (undefined).');
  if (typeof value === 'function') throw failure(expression, field, 'returned an unsupported result type.');
  // Sequences of JSONata are arrays with hidden members; what goes on is plain JSON.
  return JSON.parse(JSON.stringify(value)) as Json;
}

function compiledExpression(expression: string): Expression {
  let known = compiled.get(expression);
  if (!known) {
    known = compile(expression, LIMITS);
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(expression, known);
  }
  return known;
}

/** What Step Functions adds to JSONata; `$eval` is taken away there too. */
function functions(effects: Effects): Record<string, unknown> {
  return {
    partition: (items: Json[], size: number) => partition(items, Math.max(1, Math.round(size))),
    range: (first: number, last: number, step: number) => range(first, last, step),
    hash: (value: Json, algorithm: string) => effects.hash(plain(value), hashAlgorithm(algorithm)),
    uuid: () => effects.uuid(),
    random: () => effects.random(),
    parse: (text: string) => JSON.parse(text) as Json,
    eval: () => {
      throw new Error('$eval is not supported');
    },
  };
}

function source(text: string): string {
  return (WHOLE.exec(text)?.[1] ?? text).trim();
}

function failure(expression: string, field: string, what: string): EvaluationError {
  return new EvaluationError(
    'States.QueryEvaluationError',
    `The JSONata expression '${expression}' specified for the field '${field}' ${what}`,
  );
}

function explain(error: unknown): string {
  const { message, position } = error as { message?: string; position?: number };
  return position === undefined ? String(message) : `${message} (at character ${position})`;
}
