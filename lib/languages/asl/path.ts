/** A path in a definition: into the input (`$.a`), the context object (`$$.Execution.Name`) or a variable (`$name.a`). */
import { isObject, type Json, ownMember } from './json.ts';
import { type JsonPath, parseJsonPath, selectAll } from './json-path.ts';
import type { Scope } from './scope.ts';
import { EvaluationError } from './states-error.ts';

export interface Path {
  root: 'input' | 'context' | 'variable';
  /** The variable's name. */
  name?: string;
  path: JsonPath;
}

const VARIABLE = /^\$([A-Za-z_]\w*)/;

/** Throws JsonPathSyntaxError. */
export function parsePath(text: string): Path {
  if (text.startsWith('$$')) return { root: 'context', path: parseJsonPath(text.slice(1)) };
  const name = VARIABLE.exec(text)?.[1];
  if (name) return { root: 'variable', name, path: parseJsonPath(`$${text.slice(name.length + 1)}`) };
  return { root: 'input', path: parseJsonPath(text) };
}

/** What the path leads to; `undefined` when it is definite and there is nothing. */
export function findAtPath(text: string, scope: Scope): Json | undefined {
  const { root, name, path } = parsePath(text);
  const from = root === 'input' ? scope.input : root === 'context' ? scope.context : variable(name ?? '', scope);
  const values = selectAll(path, from);
  return path.isDefinite ? values[0] : values;
}

/** What the path leads to; a path that leads nowhere fails the state, as the field that has it says. */
export function getAtPath(text: string, scope: Scope, field: string): Json {
  const value = findAtPath(text, scope);
  if (value !== undefined) return value;
  const input = JSON.stringify(text.startsWith('$$') ? scope.context : scope.input);
  throw new EvaluationError(
    'States.Runtime',
    `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}

function variable(name: string, scope: Scope): Json {
  const value = isObject(scope.variables) ? ownMember(scope.variables, name) : undefined;
  if (value === undefined) {
    throw new EvaluationError('States.Runtime', `Variable '${name}' is referenced before a value is assigned to it`);
  }
  return value;
}
