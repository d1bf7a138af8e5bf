/** Payload templates (`Parameters`, `ResultSelector`, `ItemSelector`, `Assign`): members named `….$` are computed. */
import { type Expression, evaluateExpression, parseExpression } from './intrinsic.ts';
import { isObject, type Json, type JsonObject, setMember } from './json.ts';
import type { Scope } from './scope.ts';

const parsed = new Map<string, Expression>();
const PARSED_MAX = 5000;

export function fillTemplate(template: Json, scope: Scope): Json {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, scope));
  if (!isObject(template)) return template;
  const filled: JsonObject = {};
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$') && typeof value === 'string')
      setMember(filled, key.slice(0, -2), compute(value, scope, key));
    else setMember(filled, key, fillTemplate(value, scope));
  }
  return filled;
}

/** The value of a path or intrinsic function. */
export function compute(text: string, scope: Scope, field: string): Json {
  let expression = parsed.get(text);
  if (!expression) {
    expression = parseExpression(text);
    if (parsed.size >= PARSED_MAX) parsed.clear();
    parsed.set(text, expression);
  }
  return evaluateExpression(expression, scope, field);
}

/** Every computed member, with where it stands: for the check of a definition. */
export function* computedMembers(template: Json, at: string): Generator<{ at: string; value: Json }> {
  if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) yield* computedMembers(item, `${at}[${index}]`);
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      if (key.endsWith('.$')) yield { at: `${at}/${key}`, value };
      else yield* computedMembers(value, `${at}/${key}`);
    }
  }
}
