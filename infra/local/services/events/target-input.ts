/**
 * What a target gets of an event: all of it, a constant, a part, or a text made of parts.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */

import type { Json } from '../../../../lib/languages/asl/json.ts';
import { parseJsonPath, selectAll } from '../../../../lib/languages/asl/json-path.ts';
import type { BusEvent } from './event.ts';
import type { Rule, Target } from './rules.ts';

/** JSON text. */
export function targetInput(event: BusEvent, rule: Rule, target: Target, now: number): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(event, target.InputPath) ?? null);
  if (target.InputTransformer) return transform(event, rule, target.InputTransformer, now);
  return JSON.stringify(event);
}

function transform(
  event: BusEvent,
  rule: Rule,
  { InputPathsMap = {}, InputTemplate }: NonNullable<Target['InputTransformer']>,
  now: number,
): string {
  const text = fill(InputTemplate, (name) => {
    const path = Object.hasOwn(InputPathsMap, name) ? InputPathsMap[name] : undefined;
    return path === undefined ? reserved(name, event, rule, now) : (valueAt(event, path) ?? null);
  });
  // A template that is no JSON is a text.
  return isJson(text) ? text : JSON.stringify(text);
}

/** `undefined` for what is no variable, which is then left as it stands. */
function reserved(name: string, event: BusEvent, rule: Rule, now: number): Json | undefined {
  switch (name) {
    case 'aws.events.rule-arn':
      return rule.arn;
    case 'aws.events.rule-name':
      return rule.name;
    case 'aws.events.event.ingestion-time':
      return new Date(now).toISOString();
    case 'aws.events.event.json':
    case 'aws.events.event':
      return event;
    default:
      return undefined;
  }
}

/** Puts values in the place of `<name>`: within a quoted text as text, elsewhere as JSON. */
function fill(template: string, lookUp: (name: string) => Json | undefined): string {
  let isQuoted = false;
  return template.replace(/\\.|"|<([^<>"\s]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') isQuoted = !isQuoted;
    if (name === undefined) return token;
    const value = lookUp(name);
    if (value === undefined) return token;
    return isQuoted ? asText(value) : JSON.stringify(value);
  });
}

/** What stands between the quotes of a JSON string. */
function asText(value: Json): string {
  const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function valueAt(event: BusEvent, path: string): Json | undefined {
  const parsed = parseJsonPath(path);
  const values = selectAll(parsed, event);
  return parsed.isDefinite ? values[0] : values;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
