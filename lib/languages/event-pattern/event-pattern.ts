/**
 * EventBridge event patterns.
 *
 * A pattern is an object shaped like the event; its leaves are lists, any of which must match a value there. Members of
 * an object must all match; `$or` holds alternatives. A list in the event matches where any of its items does.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { isObject, type Json, type JsonObject, member } from './json-value.ts';
import { type Matcher, parseMatcher } from './matcher.ts';

export type EventPattern = { all: Field[]; any: EventPattern[][] };

interface Field {
  name: string;
  /** A deeper pattern, or the values that are admitted. */
  test: EventPattern | Matcher[];
}

class EventPatternError extends Error {
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.name = 'EventPatternError';
  }
}

/** Parses the JSON text of a pattern. Throws EventPatternError. */
export function parseEventPattern(text: string): EventPattern {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new EventPatternError((error as Error).message);
  }
  if (!isObject(json)) throw new EventPatternError('Filter is not an object');
  if (Object.keys(json).length === 0) throw new EventPatternError('Empty patterns are not allowed');
  return parseObject(json, '');
}

export function matchesEvent(pattern: EventPattern, event: JsonObject): boolean {
  return matchesObject(pattern, event);
}

function parseObject(json: JsonObject, at: string): EventPattern {
  const pattern: EventPattern = { all: [], any: [] };
  for (const [name, value] of Object.entries(json)) {
    if (name === '$or' && isAlternatives(value)) pattern.any.push(value.map((item) => parseObject(item, at)));
    else pattern.all.push({ name, test: parseTest(value, at === '' ? name : `${at}.${name}`) });
  }
  return pattern;
}

function isAlternatives(value: Json): value is JsonObject[] {
  return Array.isArray(value) && value.length > 1 && value.every(isObject);
}

function parseTest(value: Json, at: string): EventPattern | Matcher[] {
  if (isObject(value)) {
    if (Object.keys(value).length === 0) throw new EventPatternError(`"${at}" must not be an empty object`);
    return parseObject(value, at);
  }
  if (!Array.isArray(value)) throw new EventPatternError(`"${at}" must be an object or an array`);
  if (value.length === 0) throw new EventPatternError(`Empty arrays are not allowed ("${at}")`);
  return value.map((item) => {
    try {
      return parseMatcher(item);
    } catch (error) {
      throw new EventPatternError(`${(error as Error).message} ("${at}")`);
    }
  });
}

function matchesObject(pattern: EventPattern, value: JsonObject): boolean {
  return (
    pattern.all.every(({ name, test }) => matchesTest(test, member(value, name))) &&
    pattern.any.every((alternatives) => alternatives.some((alternative) => matchesObject(alternative, value)))
  );
}

function matchesTest(test: EventPattern | Matcher[], value: Json | undefined): boolean {
  if (Array.isArray(test)) {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
    return test.some((matcher) => candidates.some((candidate) => matcher(candidate)));
  }
  // A list of objects matches where one of them does; nothing at all still satisfies `exists: false` inside.
  const candidates = Array.isArray(value) ? value : [value];
  return candidates.some((candidate) => matchesObject(test, isObject(candidate) ? candidate : {}));
}
